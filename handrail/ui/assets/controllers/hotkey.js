// Keys press what carries them: data-hotkey="e", "g i" (one after the other), "Mod+Enter". `?` shows the map of the page.
// Sits on <body>. Keys without Mod stay letters while somebody types. Fields are focused, everything else is clicked.
import { Controller } from "@hotwired/stimulus"
import { element, keycaps, MAC, named, nameOf, TYPING, use } from "../keys.js"

export default class extends Controller {
  static targets = ["map", "list"]

  connect() {
    this.press = (event) => this.#press(event)
    document.addEventListener("keydown", this.press)
    if (MAC) document.addEventListener("htmx:after:swap", this.#showMacKeys)
    if (MAC) this.#showMacKeys()
  }

  disconnect() {
    document.removeEventListener("htmx:after:swap", this.#showMacKeys)
    document.removeEventListener("keydown", this.press)
  }

  // private

  #showMacKeys = () => {
    for (const key of document.querySelectorAll("[data-mac]")) key.textContent = key.dataset.mac
  }

  // The editor keeps Mod+Enter from breaking the line; that is no reason not to send.
  #press(event) {
    const taken = event.defaultPrevented && !(event.key === "Enter" && event.target.isContentEditable)
    if (taken || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return
    const key = named(event)
    const typing = event.target.closest?.(TYPING)
    if (typing && !key.startsWith("Mod+")) return
    const found = this.#find(this.waiting ? `${this.waiting} ${key}` : key, event.target)
    clearTimeout(this.timer)
    const first = !found && !this.waiting && this.#begins(key)
    this.waiting = first ? key : ""
    if (first) this.timer = setTimeout(() => (this.waiting = ""), 1200)
    if (found) use(found)
    else if (key === "?") this.#show()
    if (found || first || key === "?") event.preventDefault()
  }

  #find(key, origin) {
    const all = [...this.#scope().querySelectorAll("[data-hotkey]")].filter((one) => one.dataset.hotkey === key && usable(one))
    return all.find((one) => one.form && one.form === origin.closest?.("form")) ?? all[0]
  }

  #begins(key) {
    return [...this.#scope().querySelectorAll("[data-hotkey]")].some((one) => one.dataset.hotkey.startsWith(`${key} `))
  }

  #scope() {
    return document.querySelector("dialog:modal") ?? document
  }

  #show() {
    const keys = new Map([...document.querySelectorAll("[data-hotkey]")].filter(usable).map((one) => [one.dataset.hotkey, nameOf(one)]))
    keys.set("?", this.listTarget.dataset.help)
    this.listTarget.replaceChildren(...[...keys].map(([key, words]) => element("div", "keymap__entry", words, keycaps(key))))
    this.mapTarget.showModal()
  }
}

const usable = (one) => !one.disabled && !one.closest("[hidden]") && (!one.closest("dialog:not([open])") || one.matches("a[href]"))
