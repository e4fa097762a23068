// Says that a popover opens, each time, so that what it holds can be asked for anew.   dispatches: opened
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.element.addEventListener("beforetoggle", this.#opens)
  }

  disconnect() {
    this.element.removeEventListener("beforetoggle", this.#opens)
  }

  // private

  #opens = ({ newState }) => newState === "open" && this.dispatch("opened", { bubbles: false })
}
