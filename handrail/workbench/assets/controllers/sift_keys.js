// In a menu with a field that sifts it: ↓ goes to the first entry left, Enter takes it.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.element.addEventListener("keydown", (event) => this.#key(event))
  }

  // private

  #key(event) {
    if (!event.target.matches('input[type="search"]') || !["ArrowDown", "Enter"].includes(event.key)) return
    event.preventDefault()
    const first = this.element.querySelector(".menu__item:not([hidden])")
    if (event.key === "Enter") first?.click()
    else first?.focus()
  }
}
