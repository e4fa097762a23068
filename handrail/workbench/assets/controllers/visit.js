// Tells the server that somebody really looks: after a moment, in a visible window, and again when something came in.
//   values: url, row (the id of the row that is then read)   actions: again
import { Controller } from "@hotwired/stimulus"

const A_MOMENT_MS = 600

export default class extends Controller {
  static values = { url: String, row: String }

  connect() {
    this.seen = () => document.visibilityState === "visible" && this.due && this.again()
    document.addEventListener("visibilitychange", this.seen)
    this.again()
  }

  disconnect() {
    document.removeEventListener("visibilitychange", this.seen)
    clearTimeout(this.timer)
  }

  again() {
    this.due = true
    clearTimeout(this.timer)
    this.timer = setTimeout(() => document.visibilityState === "visible" && this.#tell(), A_MOMENT_MS)
  }

  // private

  #tell() {
    this.due = false
    const headers = { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]')?.content ?? "", "HX-Request": "true" }
    fetch(this.urlValue, { method: "POST", headers, keepalive: true }).catch(() => {})
    document.getElementById(this.rowValue)?.classList.remove("row--unread")
  }
}
