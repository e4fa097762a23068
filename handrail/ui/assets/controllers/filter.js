// Sifts a list on the page by a few letters. targets: item, group, none   actions: sift   data-words on an item: further words
import { Controller } from "@hotwired/stimulus"
import { fit } from "../fuzzy.js"

export default class extends Controller {
  static targets = ["item", "group", "none"]

  sift({ currentTarget }) {
    for (const item of this.itemTargets) item.hidden = !fit(currentTarget.value, `${item.textContent} ${item.dataset.words ?? ""}`)
    for (const group of this.groupTargets) group.hidden = !group.querySelector('[data-filter-target~="item"]:not([hidden])')
    for (const none of this.noneTargets) none.hidden = this.itemTargets.some((item) => !item.hidden)
  }
}
