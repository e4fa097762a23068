// Ctrl/⌘-K: everything that can be done, found by a few letters. Registered commands, what this page offers, and the server's finds.
//   values: url (answers ?q= with .command elements)   targets: input, found, local, remote, none
import { Controller } from "@hotwired/stimulus"
import { fit } from "../fuzzy.js"
import { ask, standIns } from "../commands.js"
import { textOf, use } from "../keys.js"

export default class extends Controller {
  static targets = ["input", "found", "local", "remote", "none"]
  static values = { url: String }

  connect() {
    this.open = (event) => this.#wanted(event) && (event.preventDefault(), this.show())
    document.addEventListener("keydown", this.open)
    this.element.addEventListener("click", (event) => event.target === this.element && this.element.close())
  }

  disconnect() {
    document.removeEventListener("keydown", this.open)
  }

  show() {
    if (this.element.open) return
    for (const one of this.#all()) if (one.handrailStandsFor) one.remove()
    this.localTarget.prepend(...standIns())
    this.inputTarget.value = ""
    this.element.showModal()
    this.ask()
  }

  ask() {
    const query = this.inputTarget.value.trim()
    const ranked = this.#all().map((one) => [rank(one, query), one])
    this.localTarget.append(...ranked.sort(([a], [b]) => b - a).map(([, one]) => one))
    this.#choose(this.#shown()[0])
    clearTimeout(this.timer)
    if (this.urlValue && query.length !== 1) this.timer = setTimeout(() => this.#askServer(query), 120)
    else this.remoteTarget.replaceChildren()
    this.noneTarget.hidden = this.#shown().length > 0
  }

  key(event) {
    const shown = this.#shown()
    const at = shown.indexOf(this.chosen)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) this.#choose(shown.at((at + step) % shown.length))
    else if (event.key === "Enter") this.chosen?.click()
    if (step || event.key === "Enter") event.preventDefault()
  }

  run(event) {
    const command = event.target.closest(".command")
    if (!command) return
    this.element.close()
    if ((command.handrailStandsFor ?? command).matches("a[href]")) document.activeElement.blur() // the next key is for what comes
    if (command.handrailStandsFor) use(command.handrailStandsFor)
  }

  // private

  #wanted = ({ key, metaKey, ctrlKey }) => (key.toLowerCase() === "k" && (metaKey || ctrlKey))
  #all = () => [...this.localTarget.children]
  #shown = () => [...this.foundTarget.querySelectorAll(".command:not([hidden])")]

  #choose(one) {
    this.chosen?.setAttribute("aria-selected", "false")
    this.chosen = one
    if (!one) return
    one.id ||= `command-${Math.random().toString(36).slice(2)}`
    one.setAttribute("aria-selected", "true")
    one.scrollIntoView({ block: "nearest" })
    this.inputTarget.setAttribute("aria-activedescendant", one.id)
  }

  async #askServer(query) {
    const found = await ask(this.urlValue, query)
    if (this.inputTarget.value.trim() !== query) return
    this.remoteTarget.replaceChildren(...found)
    this.noneTarget.hidden = this.#shown().length > 0
    if (!this.chosen || this.chosen.hidden) this.#choose(this.#shown()[0])
  }
}

function rank(one, query) {
  const score = fit(query, `${textOf(one)} ${one.dataset.words ?? ""}`)
  one.hidden = query ? !score : "quiet" in one.dataset
  return score
}
