// People in copy: typed addresses become chips on Enter, comma or leaving the field; a chip's × takes it off.
//   values: name (of the field), word (before the address), remove ("Take %s off"), outside (why a chip is marked)   targets: input   actions: key, take, pasted, off, propose (param: address)   events: changed
import { Controller } from "@hotwired/stimulus"

const ADDRESS = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/

export default class extends Controller {
  static targets = ["input"]
  static values = { name: String, word: String, remove: String, outside: String }

  key(event) {
    if (!["Enter", ",", ";", " "].includes(event.key) || (event.key === "Enter" && !this.inputTarget.value.trim())) return
    if (event.metaKey || event.ctrlKey) return
    event.preventDefault()
    this.take()
  }

  pasted() {
    setTimeout(() => this.take())
  }

  take() {
    const words = this.inputTarget.value.split(/[\s,;<>]+/).filter(Boolean)
    const good = words.filter((word) => ADDRESS.test(word))
    this.inputTarget.value = words.filter((word) => !good.includes(word)).join(" ")
    for (const address of good) this.#add(address.toLowerCase())
  }

  propose({ currentTarget, params: { address } }) {
    this.#add(address)
    currentTarget.remove()
    this.inputTarget.focus()
  }

  off({ currentTarget }) {
    currentTarget.closest(".recipient").remove()
    this.dispatch("changed")
    this.inputTarget.focus()
  }

  // private

  #add(address) {
    if (this.#chosen().includes(address)) return
    const look = this.nameValue === "bcc" ? "recipient--blind" : "recipient--outside"
    const chip = Object.assign(document.createElement("span"), { className: `recipient ${look}`, title: this.outsideValue })
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: this.nameValue, value: address })
    const button = Object.assign(document.createElement("button"), { type: "button", className: "recipient__off", textContent: "×" })
    button.setAttribute("aria-label", this.removeValue.replace("%s", address))
    button.dataset.action = "copied#off"
    chip.append(field, `${this.wordValue} ${address}`.trim(), button)
    this.inputTarget.before(chip)
    this.dispatch("changed")
  }

  // Of all lines for copies: who is in one of them is not put into another.
  #chosen() {
    const lines = this.element.parentElement.querySelectorAll("[data-controller~=copied] input[type=hidden]")
    return [...lines].map((one) => one.value)
  }
}
