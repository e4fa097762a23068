// Choosing rows, beside `picking`: x chooses the row one stands on; all pages of the view can be chosen at once, apart from some.
//   targets: form (what is sent), all (a checkbox: the whole view)   actions: toggle, whole, none, sent
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["form", "all"]

  toggle() {
    const row = this.element.querySelector(".row:has(.row__link:focus)") ?? this.element.querySelector(".row:has([aria-current])")
    row?.querySelector('[name="number"]')?.click()
  }

  // The whole view is chosen: what is on the screen shows it, and can be taken out again.
  whole() {
    for (const box of this.#boxes()) if (box.checked !== this.allTarget.checked) box.click()
  }

  none() {
    if (this.hasAllTarget) this.allTarget.checked = false
  }

  // Of a whole view only its exceptions are sent.
  sent({ formData }) {
    if (!this.hasAllTarget || !this.allTarget.checked) return
    formData.delete("number")
    const left = this.#boxes().filter((box) => !box.checked)
    formData.set("except", left.map((box) => box.value).join(","))
  }

  // private

  #boxes = () => [...this.element.querySelectorAll('.row [name="number"]')]
}
