// Shows and hides something: by a press, by a checkbox, or by the value of a field.
//   targets: content   actions: toggle, show, hide, match   data-reveal-when="word other" on the content: shown for these values
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["content", "trigger"]

  toggle({ currentTarget }) {
    const shown = "checked" in currentTarget && currentTarget.type === "checkbox" ? currentTarget.checked : this.contentTarget.hidden
    this.#set(shown)
  }

  show() {
    this.#set(true)
  }

  hide() {
    this.#set(false)
  }

  match({ currentTarget }) {
    for (const one of this.contentTargets) one.hidden = !(one.dataset.revealWhen ?? "").split(" ").includes(currentTarget.value)
  }

  // private

  #set(shown) {
    for (const one of this.contentTargets) one.hidden = !shown
    for (const one of this.triggerTargets) one.setAttribute("aria-expanded", String(shown))
    if (shown) this.contentTarget.querySelector("[autofocus], input, textarea")?.focus()
  }
}
