// Theme and density: at once, kept in a cookie for the next page, and on the account when there is one.
//   values: url   targets: choice (buttons with data-theme-key-param and data-theme-value-param)   actions: choose
import { Controller } from "@hotwired/stimulus"
import { ours } from "../token.js"

const YEAR = 365 * 24 * 3600

export default class extends Controller {
  static targets = ["choice"]
  static values = { url: String }

  choose({ params: { key, value } }) {
    document.documentElement.dataset[key] = value
    document.cookie = `handrail_${key}=${value}; path=/; max-age=${YEAR}; samesite=lax`
    for (const choice of this.choiceTargets) {
      if (choice.dataset.themeKeyParam === key) choice.setAttribute("aria-pressed", String(choice.dataset.themeValueParam === value))
    }
    if (this.urlValue) this.#keep(key, value)
  }

  // private

  #keep(key, value) {
    fetch(this.urlValue, { method: "POST", body: new URLSearchParams({ [key]: value }), headers: ours() })
  }
}
