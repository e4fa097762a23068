// Inside an open menu: arrows move, letters jump, and choosing closes it, except what has data-stays. Opening, closing and
// Escape are the browser's own.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  connect() {
    this.element.addEventListener("beforetoggle", ({ newState }) => newState === "open" && this.#opens())
    this.element.addEventListener("toggle", ({ newState }) => this.#toggled(newState === "open"))
    this.element.addEventListener("keydown", (event) => this.#key(event))
    this.element.addEventListener("click", (event) => event.target.closest(".menu__item:not([data-stays])") && this.element.hidePopover())
  }

  // private

  #items = () => [...this.element.querySelectorAll(".menu__item:not(:disabled)")]

  // Browsers focus what is marked while they open a menu, and tell of it only later: the next key is for the menu already. One
  // that is still to be fetched keeps the keys until it is there.
  #opens() {
    if (this.element.querySelector("[autofocus]")) return
    this.first = this.#items()[0] ?? Object.assign(this.element, { tabIndex: -1 })
    this.first.setAttribute("autofocus", "")
  }

  #toggled(open) {
    const opener = document.querySelector(`[popovertarget="${this.element.id}"]`)
    opener?.setAttribute("aria-expanded", String(open))
    this.first?.removeAttribute("autofocus")
    if (open && !this.element.contains(document.activeElement)) this.#items()[0]?.focus({ preventScroll: true })
  }

  #key(event) {
    if (event.target.matches("input, textarea, select")) return
    if (event.target === this.element) event.stopPropagation()
    const items = this.#items()
    const at = items.indexOf(document.activeElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    const next = to === undefined ? this.#beginning(event, items, at) : items.at(to % items.length)
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  #beginning({ key, metaKey, ctrlKey }, items, at) {
    if (key.length !== 1 || key === " " || metaKey || ctrlKey) return null
    const begins = (item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase())
    return items.slice(at + 1).find(begins) ?? items.find(begins)
  }
}
