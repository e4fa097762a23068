// Words that are too long for a message never reach the editor: they are put with it as a text file, and it is said.
//   values: limit (characters), told ("… attached as %s")   dispatches: file (detail: {file})
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { limit: Number, told: String }

  connect() {
    this.element.addEventListener("paste", (event) => this.#bring(event, event.clipboardData), { capture: true })
    this.element.addEventListener("drop", (event) => this.#bring(event, event.dataTransfer), { capture: true })
    this.element.addEventListener("input", ({ target }) => this.#look(target))
  }

  // private

  #text = () => this.element.querySelector('textarea[name="body"]')

  #bring(event, brought) {
    const words = brought?.getData("text/plain") ?? ""
    const isText = event.target.closest?.('[contenteditable="true"], textarea')
    if (!isText || brought.files.length || words.length + this.#text().value.length <= this.limitValue) return
    event.preventDefault()
    event.stopImmediatePropagation()
    this.#put(words)
  }

  // However they came in otherwise, one word at a time or from a script.
  #look(target) {
    const text = this.#text()
    const html = this.element.querySelector('[name="body_html"]').value
    if (target !== text || (text.value.length <= this.limitValue && html.length <= 5 * this.limitValue)) return
    this.#put(text.value)
    const editor = this.element.querySelector('[data-controller~="editor"]')?.handrailEditor
    if (editor) return editor.set("")
    text.value = ""
  }

  #put(words) {
    const number = this.element.querySelectorAll(".file--pasted").length + 1
    const name = number === 1 ? "pasted-text.txt" : `pasted-text-${number}.txt`
    this.dispatch("file", { detail: { file: new File([words], name, { type: "text/plain" }) } })
    const say = { detail: { text: this.toldValue.replace("%s", name), tone: "" } }
    document.dispatchEvent(new CustomEvent("handrail:say", say))
  }
}
