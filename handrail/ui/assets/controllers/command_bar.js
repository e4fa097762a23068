// Ctrl/⌘-K: everything that can be done, found by a few letters. Registered commands, what this page offers, and the server's finds.
//   values: url (answers ?q= with .command elements), page (heading for this page)   targets: input, found, local, page, remote, none
import { Controller } from "@hotwired/stimulus"
import { fit } from "../fuzzy.js"
import { element, keycaps, nameOf, textOf } from "../keys.js"
import { ours } from "../token.js"

export default class extends Controller {
  static targets = ["input", "found", "local", "page", "remote", "none"]
  static values = { url: String, page: String }

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
    this.#collect()
    this.inputTarget.value = ""
    this.element.showModal()
    this.ask()
  }

  ask() {
    const query = this.inputTarget.value.trim()
    for (const one of this.#all()) this.#rank(one, query)
    this.#choose(this.#shown()[0])
    clearTimeout(this.timer)
    if (this.urlValue && query.length > 1) this.timer = setTimeout(() => this.#askServer(query), 120)
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
    command.handrailStandsFor?.click()
  }

  // private

  #wanted = ({ key, metaKey, ctrlKey }) => (key.toLowerCase() === "k" && (metaKey || ctrlKey))
  #all = () => [...this.localTarget.children, ...this.pageTarget.querySelectorAll(".command")]
  #shown = () => [...this.foundTarget.querySelectorAll(".command:not([hidden])")]

  #collect() {
    const here = [...document.querySelectorAll("[data-command], [data-hotkey]")].filter((one) => !one.disabled && !one.closest("dialog"))
    this.pageTarget.replaceChildren(...here.map(standIn))
  }

  #rank(one, query) {
    const score = fit(query, `${textOf(one)} ${one.dataset.words ?? ""}`)
    one.hidden = query ? !score : "quiet" in one.dataset
    one.style.order = String(-score)
  }

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
    const address = `${this.urlValue}?${new URLSearchParams({ q: query })}`
    const answer = await fetch(address, { headers: ours() }).catch(() => null)
    if (!answer?.ok || this.inputTarget.value.trim() !== query) return
    const found = new DOMParser().parseFromString(await answer.text(), "text/html")
    this.remoteTarget.replaceChildren(...found.body.children)
    this.noneTarget.hidden = this.#shown().length > 0
    if (!this.chosen || this.chosen.hidden) this.#choose(this.#shown()[0])
  }
}

function standIn(one) {
  const command = element("div", "command", one.querySelector("svg.icon")?.cloneNode(true) ?? "", element("span", "", nameOf(one)))
  if (one.dataset.hotkey) command.append(keycaps(one.dataset.hotkey))
  command.setAttribute("role", "option")
  command.handrailStandsFor = one
  return command
}
