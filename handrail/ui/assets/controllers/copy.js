// Copies words and says so. targets: text (or value: words)   values: done   actions: copy
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["text"]
  static values = { words: String, done: { type: String, default: "Copied" } }

  async copy({ currentTarget }) {
    const words = this.hasTextTarget ? (this.textTarget.value ?? this.textTarget.textContent) : this.wordsValue
    await navigator.clipboard.writeText(words.trim())
    const before = currentTarget.dataset.tip
    currentTarget.dataset.tip = this.doneValue
    document.dispatchEvent(new CustomEvent("handrail:say", { detail: { text: this.doneValue } }))
    setTimeout(() => (currentTarget.dataset.tip = before ?? ""), 1500)
  }
}
