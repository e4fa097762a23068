// A form is empty again after an accepted answer, so that the next line can be typed at once.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.element.addEventListener("htmx:after:request", ({ detail }) => detail.ctx?.response?.status < 400 && this.element.reset())
  }
}
