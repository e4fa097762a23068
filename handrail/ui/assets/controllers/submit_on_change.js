// A form of filters goes by itself when something in it changes. actions: go
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.element.addEventListener("change", () => this.go())
  }

  disconnect() {
    clearTimeout(this.timer)
  }

  go() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.element.requestSubmit(), 150)
  }
}
