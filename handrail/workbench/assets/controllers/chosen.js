// The row of the open ticket is marked at once, before the server has answered, and follows the address afterwards.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.follow = () => this.#mark(location.pathname)
    this.element.addEventListener("click", (event) => this.#clicked(event))
    document.addEventListener("htmx:after:swap", this.follow)
    this.follow()
  }

  disconnect() {
    document.removeEventListener("htmx:after:swap", this.follow)
  }

  // private

  #clicked(event) {
    const row = event.target.closest(".row")
    if (row && !event.metaKey && !event.ctrlKey && !event.shiftKey) this.#mark(new URL(row.href).pathname)
  }

  #mark(path) {
    for (const row of this.element.querySelectorAll(".row")) {
      const open = new URL(row.href).pathname === path
      row.classList.toggle("row--chosen", open)
      if (open) row.setAttribute("aria-current", "true")
      else row.removeAttribute("aria-current")
    }
  }
}
