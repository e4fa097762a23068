// Moves through a list of links: j and k, arrows, Enter opens. Buttons with data-hotkey="j" and "k" call it from anywhere.
//   Items are the .row__link inside, or whatever carries data-roving-target="item".   actions: next, previous, open
import { Controller } from "@hotwired/stimulus"

const SELECTOR = ".row__link, [data-roving-target]"

export default class extends Controller {
  connect() {
    this.element.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (!step || !event.target.closest(SELECTOR)) return
      event.preventDefault()
      this.#move(step)
    })
    this.element.addEventListener("click", ({ target }) => this.#opened(target.closest(SELECTOR)))
  }

  next() {
    this.#move(1)
  }

  previous() {
    this.#move(-1)
  }

  open() {
    this.#at()?.click()
  }

  // private

  #items = () => [...this.element.querySelectorAll(SELECTOR)]
  #at = () => this.#items().find((one) => one.matches(":focus")) ?? this.#items().find((one) => one.matches("[aria-current]"))

  #opened(one) {
    if (!one) return
    for (const item of this.#items()) item.removeAttribute("aria-current")
    one.setAttribute("aria-current", "true")
    one.closest(".row")?.classList.remove("row--unread")
  }

  #move(step) {
    const items = this.#items()
    const at = items.indexOf(this.#at())
    const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step))]
    next?.focus()
    next?.closest(".row, li")?.scrollIntoView({ block: "nearest" })
  }
}
