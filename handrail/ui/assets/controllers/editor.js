// Turns a textarea into the editor, loaded only now. The textarea keeps the plain words, a hidden input the HTML; without script it stays a textarea.
//   values: mentions (address that answers ?q= with JSON [{id, name}]), class   targets: text, html   actions: format (data-editor-mark-param: bold, italic, bulletList, orderedList, blockquote, codeBlock)
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["text", "html"]
  static values = { mentions: String, class: String }

  async connect() {
    const { write } = await import("../editor/write.js")
    if (!this.element.isConnected || this.editor) return
    this.editor = write({
      textarea: this.textTarget,
      html: this.htmlTarget.value,
      mentions: this.mentionsValue,
      className: this.classValue,
      label: document.querySelector(`label[for="${this.textTarget.id}"]`)?.textContent,
      changed: (html, text) => this.#changed(html, text),
    })
    this.element.handrailEditor = this.editor
  }

  disconnect() {
    this.editor?.destroy()
    this.editor = null
    this.textTarget.hidden = false
  }

  format({ params: { mark } }) {
    this.editor?.format(mark)
  }

  // private

  #changed(html, text) {
    this.htmlTarget.value = html
    this.textTarget.value = text
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }))
  }
}
