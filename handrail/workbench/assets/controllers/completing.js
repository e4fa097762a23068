// Ways to go on while somebody types a question: ↓ ↑ choose, Enter or Tab takes, Escape closes.
//   values: url (answers ?q=&at= with [role=option] elements)   targets: input, list
import { Controller } from "@hotwired/stimulus"
import { ask } from "../../../ui/assets/commands.js"

export default class extends Controller {
  static targets = ["input", "list"]
  static values = { url: String }

  connect() {
    this.inputTarget.addEventListener("input", () => this.#later())
    this.inputTarget.addEventListener("keydown", (event) => this.#key(event))
    this.inputTarget.addEventListener("blur", () => setTimeout(() => this.#close(), 150))
    this.listTarget.addEventListener("pointerdown", (event) => this.#pressed(event))
    document.addEventListener("htmx:after:swap", this.again)
  }

  disconnect() {
    document.removeEventListener("htmx:after:swap", this.again)
    clearTimeout(this.timer)
  }

  // The box was drawn again while somebody chooses: the choice stays.
  again = () => this.found?.length && document.activeElement === this.inputTarget && this.#show(this.found)

  // private

  #later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.#ask(), 100)
  }

  async #ask() {
    const { value, selectionStart } = this.inputTarget
    const found = value ? await ask(this.urlValue, value.slice(0, selectionStart)) : []
    if (this.inputTarget.value !== value || document.activeElement !== this.inputTarget) return
    this.#show(found)
  }

  #show(found) {
    this.found = found
    this.listTarget.replaceChildren(...found)
    this.listTarget.hidden = !found.length
    this.inputTarget.setAttribute("aria-expanded", String(found.length > 0))
    this.#choose(found.includes(this.chosen) ? this.chosen : null)
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (this.listTarget.hidden) return
    if (step) this.#step(step)
    else if (event.key === "Escape") this.#close()
    else if (["Enter", "Tab"].includes(event.key) && this.chosen) this.#take(this.chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #step(step) {
    const all = [...this.listTarget.children]
    const at = all.indexOf(this.chosen)
    this.#choose(all.at(at < 0 && step < 0 ? -1 : (at + step) % all.length))
  }

  #choose(one) {
    this.chosen?.setAttribute("aria-selected", "false")
    this.chosen = one
    one?.setAttribute("aria-selected", "true")
    one?.scrollIntoView({ block: "nearest" })
    if (one) this.inputTarget.setAttribute("aria-activedescendant", one.id)
    else this.inputTarget.removeAttribute("aria-activedescendant")
  }

  #pressed(event) {
    event.preventDefault()
    const one = event.target.closest("[role=option]")
    if (one) this.#take(one)
  }

  #take({ dataset }) {
    const { text, start, end } = dataset
    const goesOn = text.endsWith(":")
    this.inputTarget.setRangeText(goesOn ? text : `${text} `, Number(start), Number(end), "end")
    this.#close()
    this.inputTarget.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #close() {
    this.found = []
    this.listTarget.hidden = true
    this.inputTarget.setAttribute("aria-expanded", "false")
    this.#choose(null)
  }
}
