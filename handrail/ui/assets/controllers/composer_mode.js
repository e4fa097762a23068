// Reply or internal note: changes colour, icon and words of the composer together, so that nobody can mistake one for the other.
//   values: mode   targets: choice, field, reply, note (what only one mode shows), send (data-reply, data-note), words   actions: choose
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["choice", "field", "reply", "note", "send", "words"]
  static values = { mode: String }

  choose({ params: { mode } }) {
    this.modeValue = mode
    this.element.querySelector('[contenteditable="true"], textarea')?.focus()
    this.dispatch("chosen", { detail: { mode } })
  }

  modeValueChanged(mode, before) {
    if (!before || !mode) return
    const note = mode === "note"
    this.element.classList.toggle("composer--note", note)
    this.fieldTarget.value = mode
    for (const choice of this.choiceTargets) choice.setAttribute("aria-pressed", String(choice.dataset.composerModeModeParam === mode))
    for (const one of this.replyTargets) one.hidden = note
    for (const one of this.noteTargets) one.hidden = !note
    this.sendTarget.classList.toggle("button--main", !note)
    this.sendTarget.classList.toggle("button--note", note)
    this.wordsTarget.textContent = note ? this.sendTarget.dataset.note : this.sendTarget.dataset.reply
  }
}
