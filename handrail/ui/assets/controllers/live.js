// One stream for the page. A message is an address; elements with that address fetch themselves again under the viewer's own rights.
//   <section data-live="ticket:0190… closure messages" hx-get="…" hx-trigger="live" hx-target="this" hx-swap="outerMorph">
// Sits on <body>; values: url, away. Other controllers hear each address as `handrail:address` on document.
import { Controller } from "@hotwired/stimulus"
import { matches, topicsOf } from "../addresses.js"

const QUIET_MS = 80

export default class extends Controller {
  static values = { url: String, away: String }

  connect() {
    this.pending = new Set()
    this.failures = 0
    this.watch = new MutationObserver(() => this.#topicsChanged())
    this.watch.observe(this.element, { subtree: true, childList: true, attributeFilter: ["data-live"] })
    this.wake = () => document.visibilityState === "visible" && !this.stream && this.#open()
    document.addEventListener("visibilitychange", this.wake)
    this.#open()
  }

  disconnect() {
    this.watch.disconnect()
    document.removeEventListener("visibilitychange", this.wake)
    this.#close()
    clearTimeout(this.again)
  }

  // private

  #elements = () => [...document.querySelectorAll("[data-live]")]

  #open() {
    this.#close()
    this.asked = topicsOf(this.#elements())
    if (!this.urlValue || !this.asked.length) return
    const query = new URLSearchParams(this.asked.map((topic) => ["topic", topic]))
    this.stream = new EventSource(`${this.urlValue}?${query}`)
    this.stream.addEventListener("hello", () => this.#arrived())
    this.stream.addEventListener("address", ({ data }) => this.#changed(JSON.parse(data)))
    this.stream.addEventListener("error", () => this.#lost())
  }

  #close() {
    this.stream?.close()
    this.stream = null
  }

  // After a gap nobody knows what was missed, so everything is fetched again.
  #arrived() {
    if (this.gap) this.#elements().forEach((one) => this.#refetch(one))
    this.gap = false
    this.failures = 0
    document.documentElement.removeAttribute("data-live-away")
  }

  #lost() {
    this.#close()
    this.gap = true
    this.failures += 1
    if (this.failures > 2) document.documentElement.setAttribute("data-live-away", this.awayValue)
    const wait = Math.min(30_000, 500 * 2 ** this.failures)
    clearTimeout(this.again)
    this.again = setTimeout(() => this.#open(), wait / 2 + (Math.random() * wait) / 2)
  }

  #changed(message) {
    for (const one of this.#elements()) if (matches(one, message)) this.#refetch(one, message)
    document.dispatchEvent(new CustomEvent("handrail:address", { detail: message }))
  }

  #refetch(one, message = null) {
    if (this.pending.has(one)) return
    this.pending.add(one)
    setTimeout(() => {
      this.pending.delete(one)
      if (one.isConnected) one.dispatchEvent(new CustomEvent("live", { detail: message, bubbles: false }))
    }, QUIET_MS + Math.random() * QUIET_MS)
  }

  #topicsChanged() {
    clearTimeout(this.settle)
    this.settle = setTimeout(() => topicsOf(this.#elements()).join() !== this.asked?.join() && this.#open(), 300)
  }
}
