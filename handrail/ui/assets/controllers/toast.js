// A toast goes by itself after its seconds; it waits while someone points at it or is in it.
//   data-toast-seconds-value   actions: dismiss
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { seconds: { type: Number, default: 6 } }

  connect() {
    this.element.style.setProperty("--countdown", `${this.secondsValue}s`)
    this.left = this.secondsValue * 1000
    this.#run()
    for (const name of ["pointerenter", "focusin"]) this.element.addEventListener(name, () => this.#hold())
    for (const name of ["pointerleave", "focusout"]) this.element.addEventListener(name, () => this.#run())
  }

  disconnect() {
    clearTimeout(this.timer)
  }

  dismiss() {
    this.element.remove()
  }

  // private

  #run() {
    clearTimeout(this.timer)
    this.since = performance.now()
    this.timer = setTimeout(() => this.dismiss(), this.left)
  }

  // The way back of an undo closes on the server whatever we do here, so a toast with a countdown does not wait.
  #hold() {
    if (this.element.querySelector(".countdown")) return
    clearTimeout(this.timer)
    this.left = Math.max(1500, this.left - (performance.now() - this.since))
  }
}
