// A foreign mail in its frame: tells what became of its pictures, and turns it between white paper and the page's own ground.
// The frame runs no scripts; it shares our origin only so that we may read what its document says about itself.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["frame", "told", "words", "held", "fetched", "paper"]

  frameTargetConnected(frame) {
    if (frame.contentDocument?.readyState === "complete") this.read()
  }

  read() {
    const page = this.#page()
    if (page?.dataset.paper === undefined) return
    this.wordsTarget.textContent = page.dataset.told
    this.toldTarget.hidden = !page.dataset.told
    this.heldTarget.hidden = page.dataset.held === "0"
    this.fetchedTarget.hidden = page.dataset.fetched === "0"
    this.#press(page)
  }

  turn() {
    const page = this.#page()
    page.dataset.paper = page.dataset.paper === "white" ? "plain" : "white"
    this.#press(page)
  }

  // private

  #page = () => this.frameTarget.contentDocument?.documentElement
  #press = (page) => this.paperTarget.setAttribute("aria-pressed", String(page.dataset.paper === "white"))
}
