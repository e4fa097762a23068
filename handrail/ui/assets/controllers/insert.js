// Words that came from the server go where the caret stands in a form's editor; the mode they are meant for is chosen first.
//   targets: words (a hidden element; data-mode, data-closes: the id of a menu that has done its work; data-plain: the words
//   where there is no editor)
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["words"]

  wordsTargetConnected(words) {
    const { mode, closes } = words.dataset
    if (closes) document.getElementById(closes)?.hidePopover()
    this.element.querySelector(`[data-composer-mode-mode-param="${mode}"][aria-pressed="false"]`)?.click()
    this.#put(words.innerHTML, words.dataset.plain ?? words.textContent)
    words.remove()
  }

  // private

  #put(html, text) {
    const editor = this.element.querySelector('[data-controller~="editor"]')?.handrailEditor
    if (editor) return editor.insert(html)
    const field = this.element.querySelector("textarea")
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}
