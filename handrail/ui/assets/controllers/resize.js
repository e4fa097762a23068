// The edge of a pane can be dragged, or moved with the arrow keys; its width is remembered in this browser.
//   values: name (under which it is remembered), property (the CSS size it sets), min, max   targets: handle   actions: start, step, reset
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["handle"]
  static values = { name: String, property: String, min: Number, max: Number }

  connect() {
    const kept = Number(localStorage.getItem(this.#key()))
    if (kept) this.#set(kept, false)
  }

  start(event) {
    event.preventDefault()
    const handle = this.handleTarget
    const from = { x: event.clientX, width: this.element.offsetWidth }
    const turn = getComputedStyle(this.element).direction === "rtl" ? -1 : 1
    const move = ({ clientX }) => this.#set(from.width + (clientX - from.x) * turn)
    handle.setPointerCapture(event.pointerId)
    handle.dataset.dragging = ""
    handle.addEventListener("pointermove", move)
    handle.addEventListener("lostpointercapture", () => {
      handle.removeEventListener("pointermove", move)
      delete handle.dataset.dragging
    }, { once: true })
  }

  step(event) {
    const step = { ArrowRight: 16, ArrowLeft: -16 }[event.key]
    if (!step) return
    event.preventDefault()
    const turn = getComputedStyle(this.element).direction === "rtl" ? -1 : 1
    this.#set(this.element.offsetWidth + step * turn)
  }

  reset() {
    localStorage.removeItem(this.#key())
    document.documentElement.style.removeProperty(this.propertyValue)
  }

  // private

  #key = () => `handrail.width.${this.nameValue}`

  #set(width, keep = true) {
    const kept = Math.round(Math.min(this.maxValue, Math.max(this.minValue, width)))
    document.documentElement.style.setProperty(this.propertyValue, `${kept}px`)
    this.handleTarget.setAttribute("aria-valuenow", String(kept))
    if (keep) localStorage.setItem(this.#key(), String(kept))
  }
}
