// Nothing is sent while its files are still on their way: a press of send waits for them, and is taken back when one fails.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.element.addEventListener("submit", (event) => this.#hold(event), { capture: true })
    this.element.addEventListener("dropzone:added", () => (this.arrived = true))
    this.watch = new MutationObserver(() => this.#look())
    this.watch.observe(this.element, { subtree: true, childList: true })
  }

  disconnect() {
    this.watch.disconnect()
  }

  // private

  #underWay = () => this.element.querySelector(".file progress") !== null

  #hold(event) {
    if (!this.#underWay()) return
    event.preventDefault()
    event.stopImmediatePropagation()
    this.arrived = false
    this.pressed = event.submitter
    this.pressed?.setAttribute("aria-busy", "true")
  }

  #look() {
    if (!this.pressed || this.#underWay()) return
    const { pressed } = this
    this.pressed = null
    pressed.removeAttribute("aria-busy")
    if (this.arrived && !this.element.querySelector(".file--trouble")) this.element.requestSubmit(pressed)
  }
}
