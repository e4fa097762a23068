// Turns a textarea into the editor, loaded only now. The textarea keeps the plain words, a hidden input the HTML; without script it stays a textarea.
//   values: mentions (address that answers ?q= with JSON [{id, name}]), class, files (where those of the draft are), alt and remove (words), headings
//   targets: text, html, rows, columns   dispatches: file (detail: {file, place}: to be brought, then placed in the text)
//   actions: format (data-editor-mark-param: see write.js), table
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["text", "html", "rows", "columns"]
  static values = { mentions: String, class: String, files: String, alt: String, remove: String, headings: Boolean }

  async connect() {
    const { write } = await import("../editor/write.js")
    if (!this.element.isConnected || this.editor) return
    // Who was quicker than the editor goes on where they are: their words and the focus come along.
    const { value, defaultValue } = this.textTarget
    const wasIn = document.activeElement === this.textTarget
    this.editor = write({
      textarea: this.textTarget,
      html: value === defaultValue ? this.htmlTarget.value : "",
      mentions: this.mentionsValue,
      files: this.filesValue && this.#files(),
      headings: this.headingsValue,
      className: this.classValue,
      label: document.querySelector(`label[for="${this.textTarget.id}"]`)?.textContent,
      changed: (html, text) => this.#changed(html, text),
    })
    this.element.handrailEditor = this.editor
    if (wasIn) this.editor.focus()
  }

  disconnect() {
    this.editor?.destroy()
    this.editor = null
    this.textTarget.hidden = false
  }

  format({ params: { mark } }) {
    this.editor?.format(mark)
  }

  table(event) {
    event.preventDefault()
    this.editor?.table(this.rowsTarget.valueAsNumber, this.columnsTarget.valueAsNumber)
    event.target.closest("[popover]")?.hidePopover()
  }

  // private

  #files = () => ({
    folder: this.filesValue,
    words: { alt: this.altValue, remove: this.removeValue },
    bring: (file, place) => this.dispatch("file", { detail: { file, place } }),
  })

  #changed(html, text) {
    this.htmlTarget.value = html
    this.textTarget.value = text
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }))
  }
}
