// Fits a sandboxed mail frame to its content. The frame runs no scripts; it shares our origin only so that we may measure it.
import { Controller } from "@hotwired/stimulus"

const TALLEST = 20_000

export default class extends Controller {
  connect() {
    this.element.addEventListener("load", (this.loaded = () => this.#watch()))
    if (this.element.contentDocument?.readyState === "complete") this.#watch()
  }

  disconnect() {
    this.element.removeEventListener("load", this.loaded)
    this.size?.disconnect()
  }

  // private

  #watch() {
    const page = this.element.contentDocument
    if (!page?.body) return
    this.size?.disconnect()
    this.size = new ResizeObserver(() => this.#fit(page))
    this.size.observe(page.body)
    for (const image of page.images) image.addEventListener("load", () => this.#fit(page))
    this.#fit(page)
  }

  #fit(page) {
    const height = Math.min(TALLEST, Math.ceil(page.documentElement.offsetHeight || page.body.scrollHeight))
    if (height) this.element.style.blockSize = `${height}px`
  }
}
