// The row of the open ticket follows the address: after going back, after a jump, after the list was drawn again.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.follow = () => this.#mark(location.pathname)
    document.addEventListener("htmx:after:swap", this.follow)
    this.follow()
  }

  disconnect() {
    document.removeEventListener("htmx:after:swap", this.follow)
  }

  // private

  #mark(path) {
    for (const link of this.element.querySelectorAll(".row__link")) {
      if (link.pathname === path) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    }
  }
}
