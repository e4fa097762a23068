// Which pane a phone shows, and which drawers a narrow window has open.
//   <div class="panes" data-pane="list">   actions: go (data-panes-pane-param), toggle, search
//   A link or fragment that fills a pane says so with data-panes-show="open"; swapping into #main shows the open pane.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.element.addEventListener("htmx:after:swap", ({ detail }) => this.#swapped(detail.ctx))
    this.element.addEventListener("click", (event) => this.#clicked(event))
    this.element.addEventListener("keydown", ({ key }) => key === "Escape" && this.#fold())
  }

  go({ params: { pane } }) {
    this.element.dataset.pane = pane
    this.#fold()
    this.element.querySelector(`.pane--${pane} :is(h1, a, button)`)?.focus({ preventScroll: true })
  }

  toggle({ params: { pane } }) {
    const narrow = matchMedia("(width < 48rem)").matches
    if (narrow) this.element.dataset.pane = pane
    else this.element.dataset.open = this.element.dataset.open === pane ? "" : pane
  }

  search() {
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }))
  }

  // private

  #fold() {
    delete this.element.dataset.open
  }

  #swapped(ctx) {
    const target = ctx?.target
    if (target?.id === "main" || target?.dataset?.panesShow) this.element.dataset.pane = target.dataset.panesShow || "open"
  }

  #clicked(event) {
    const pane = event.target.closest("[data-panes-show]")?.dataset.panesShow
    if (pane) this.element.dataset.pane = pane
    if (this.element.dataset.open && !event.target.closest(".pane--views, .pane--side, [data-action*='panes#toggle']")) this.#fold()
  }
}
