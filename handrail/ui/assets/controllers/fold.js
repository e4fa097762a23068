// A <details> that is remembered in this browser. values: key
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { key: String }

  connect() {
    const kept = localStorage.getItem(this.#name())
    if (kept) this.element.open = kept === "open"
    this.element.addEventListener("toggle", () => localStorage.setItem(this.#name(), this.element.open ? "open" : "folded"))
  }

  // private

  #name = () => `handrail.fold.${this.keyValue}`
}
