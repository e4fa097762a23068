// Choosing several rows: counts them, shows what can be done with them, Shift chooses a stretch.
//   targets: box (checkboxes), bar (shown while some are chosen), count, all   actions: changed, all, none
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["box", "bar", "count", "all"]

  connect() {
    this.element.addEventListener("click", (event) => this.#stretch(event), { capture: true })
    this.element.addEventListener("change", () => this.changed())
  }

  changed() {
    const chosen = this.boxTargets.filter((box) => box.checked).length
    for (const bar of this.barTargets) bar.hidden = chosen === 0
    for (const count of this.countTargets) count.textContent = String(chosen)
    for (const all of this.allTargets) {
      all.checked = chosen > 0 && chosen === this.boxTargets.length
      all.indeterminate = chosen > 0 && chosen < this.boxTargets.length
    }
    this.element.classList.toggle("rows--picking", chosen > 0)
  }

  all({ currentTarget }) {
    for (const box of this.boxTargets) box.checked = currentTarget.checked ?? true
    this.changed()
  }

  none() {
    for (const box of this.boxTargets) box.checked = false
    this.changed()
  }

  // private

  // With Shift, everything between the last chosen row and this one is chosen too.
  #stretch(event) {
    const box = event.target.closest('[data-picking-target~="box"]')
    if (!box) return
    const boxes = this.boxTargets
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b)
    if (event.shiftKey && from >= 0) for (const one of boxes.slice(from, to + 1)) one.checked = box.checked
    this.last = box
  }
}
