// A scroller that opens at its end and stays there while it grows; whoever reads further up is told instead.
//   targets: more (a button shown when something came below)   actions: follow
import { Controller } from "@hotwired/stimulus"

const NEAR = 80

export default class extends Controller {
  static targets = ["more"]

  connect() {
    this.atEnd = true
    this.height = 0
    this.size = new ResizeObserver(() => this.#grown())
    this.watch = new MutationObserver(() => this.#observe())
    this.watch.observe(this.element, { childList: true })
    this.element.addEventListener("scroll", () => this.#scrolled(), { passive: true })
    this.#observe()
    this.follow()
  }

  disconnect() {
    this.size.disconnect()
    this.watch.disconnect()
  }

  follow() {
    this.element.scrollTop = this.element.scrollHeight
    this.moreTarget.hidden = true
  }

  // private

  #observe() {
    this.size.disconnect()
    for (const child of this.element.children) if (child !== this.moreTarget) this.size.observe(child)
    this.size.observe(this.element)
  }

  #scrolled() {
    this.atEnd = this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < NEAR
    if (this.atEnd) this.moreTarget.hidden = true
  }

  #grown() {
    const last = this.element.querySelector(".message:last-of-type")?.id
    if (this.atEnd) this.follow()
    else if (this.last && last !== this.last) this.moreTarget.hidden = false
    this.last = last
  }
}
