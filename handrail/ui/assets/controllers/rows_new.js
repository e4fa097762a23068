// Rows never jump: when the list changed on the server, a quiet bar says how many are new; pressing it shows them.
//   <div data-controller="rows-new" data-live="…" data-rows-new-url-value="…?after=…" data-action="live->rows-new#count">
//   The address answers with the number as plain text (0 hides the bar). values: url, one, many   targets: bar, words   actions: count, show
import { Controller } from "@hotwired/stimulus"
import { ours } from "../token.js"

export default class extends Controller {
  static targets = ["bar", "words", "list"]
  static values = { url: String, list: String, one: { type: String, default: "1 new" }, many: { type: String, default: "%s new" } }

  async count() {
    const answer = await fetch(this.urlValue, { headers: ours() }).catch(() => null)
    if (!answer?.ok || !this.hasBarTarget) return
    const count = Number.parseInt(await answer.text(), 10) || 0
    this.barTarget.hidden = count === 0
    this.wordsTarget.textContent = count === 1 ? this.oneValue : this.manyValue.replace("%s", count)
  }

  show() {
    this.barTarget.hidden = true
    const list = this.hasListTarget ? this.listTarget : this.element
    list.scrollTo?.({ top: 0 })
    list.dispatchEvent(new CustomEvent("show-new", { bubbles: true }))
  }
}
