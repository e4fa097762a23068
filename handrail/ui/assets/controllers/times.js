// Keeps relative times true on a page that stays open. Sits on <body>; targets: ago (the `ago` filter marks them).
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["ago"]

  connect() {
    this.words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always", style: "short" })
    this.timer = setInterval(() => this.#tell(), 30_000)
  }

  disconnect() {
    clearInterval(this.timer)
  }

  // private

  #tell() {
    for (const time of this.agoTargets) {
      const minutes = (new Date(time.dateTime) - Date.now()) / 60_000
      if (Math.abs(minutes) < 0.75 || Math.abs(minutes) > 22 * 60) continue
      const words = Math.abs(minutes) < 59.5 ? this.words.format(Math.round(minutes) || Math.sign(minutes), "minute") : this.words.format(Math.round(minutes / 60), "hour")
      time.textContent = words.replace("min.", "min").replace("hr.", "h")
    }
  }
}
