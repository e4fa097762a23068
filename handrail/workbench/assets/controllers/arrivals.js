// A list that changes while somebody reads it: counts and rows on the screen are drawn again, arrivals only counted. Nothing jumps.
//   <div data-controller="arrivals" data-live="brand:…" data-action="live->arrivals#later" data-arrivals-url-value="…/news">   values: url, wait
import { Controller } from "@hotwired/stimulus"
import htmx from "htmx.org"

export default class extends Controller {
  static values = { url: String, wait: { type: Number, default: 250 } }

  connect() {
    this.touched = new Set()
    this.heard = ({ detail }) => detail.number && this.touched.add(String(detail.number))
    document.addEventListener("handrail:address", this.heard)
  }

  disconnect() {
    document.removeEventListener("handrail:address", this.heard)
    clearTimeout(this.timer)
  }

  // Many things happen at once: one question answers for all of them.
  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.#ask(), this.waitValue)
  }

  // private

  #ask() {
    const shown = [...this.element.querySelectorAll(".row[id]")].map((row) => row.id.replace("row-", ""))
    const query = new URLSearchParams({ touched: [...this.touched].join(","), shown: shown.join(",") })
    const address = `${this.urlValue}${this.urlValue.includes("?") ? "&" : "?"}${query}`
    htmx.ajax("GET", address, { source: this.element, target: this.element, swap: "none" })
  }
}
