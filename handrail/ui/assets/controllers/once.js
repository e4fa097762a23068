// A form goes once: while it is under way its buttons rest, and it carries a key by which the server knows a repeated one.
//   targets: key (a hidden input; filled when empty, renewed after an accepted answer)
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["key"]

  connect() {
    this.#fill()
    this.element.addEventListener("submit", (event) => this.#go(event), { capture: true })
    this.element.addEventListener("htmx:finally:request", ({ detail }) => this.#back(detail.ctx))
    addEventListener("pageshow", (this.returned = ({ persisted }) => persisted && this.#rest(false)))
  }

  disconnect() {
    removeEventListener("pageshow", this.returned)
  }

  // private

  // The mark is set at once: a second press may come before any timer. It goes when something else stopped the form.
  #go(event) {
    if ("underWay" in this.element.dataset) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    this.element.dataset.underWay = ""
    setTimeout(() => this.#rest(!event.defaultPrevented || this.#byHtmx()))
  }

  #byHtmx = () => this.element.matches("[hx-post], [hx-put], [hx-patch], [hx-delete], [hx-boost]")

  #back(ctx) {
    if (ctx?.sourceElement !== this.element) return
    this.#rest(false)
    if (ctx.response?.status < 400 && this.hasKeyTarget) {
      this.keyTarget.value = ""
      this.#fill()
    }
  }

  #rest(resting) {
    if (!resting) delete this.element.dataset.underWay
    for (const button of this.element.querySelectorAll('button:not([type="button"])')) {
      button.setAttribute("aria-busy", String(resting))
    }
  }

  #fill() {
    if (this.hasKeyTarget && !this.keyTarget.value) this.keyTarget.value = crypto.randomUUID?.() ?? String(Math.random()).slice(2)
  }
}
