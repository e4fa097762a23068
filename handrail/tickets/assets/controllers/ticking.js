// The face of a timer goes on while it runs: hours and minutes, counted from when it was drawn.
//   values: seconds (gathered when it was drawn), runs
import { Controller } from "@hotwired/stimulus"

const EVERY_MS = 5000

export default class extends Controller {
  static values = { seconds: Number, runs: Boolean }

  connect() {
    this.drawn = Date.now()
    if (this.runsValue) this.timer = setInterval(() => this.#draw(), EVERY_MS)
  }

  disconnect() {
    clearInterval(this.timer)
  }

  // private

  #draw() {
    const minutes = Math.floor((this.secondsValue + (Date.now() - this.drawn) / 1000) / 60)
    this.element.textContent = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`
  }
}
