// One stream for the page. A message is an address; elements with that address fetch themselves again under the viewer's own rights.
//   <section data-live="ticket:0190… closure messages" hx-get="…" hx-trigger="live" hx-target="this" hx-swap="outerMorph">
// Sits on <body>; values: url, away. Other controllers hear each address as `handrail:address` on document.
import { Controller } from "@hotwired/stimulus"
import { matches, topicsOf } from "../addresses.js"
import { gather } from "../gather.js"

const GATHER_MS = 80
const HIDDEN_MS = 60_000
const LONGEST_WAIT_MS = 30_000

export default class extends Controller {
  static values = { url: String, away: String }

  connect() {
    this.failures = 0
    this.isFirst = true
    this.watch = new MutationObserver(() => this.#topicsMayDiffer())
    this.watch.observe(this.element, { subtree: true, childList: true, attributeFilter: ["data-live"] })
    document.addEventListener("visibilitychange", (this.turned = () => this.#turned()))
    this.#open()
  }

  disconnect() {
    this.watch.disconnect()
    document.removeEventListener("visibilitychange", this.turned)
    for (const timer of [this.again, this.settle, this.sleep]) clearTimeout(timer)
    this.stream?.close()
  }

  // private

  #elements = () => [...document.querySelectorAll("[data-live]")]
  #refetch = gather(GATHER_MS, (one) => one.isConnected && one.dispatchEvent(new CustomEvent("live")))

  // The former stream stays until the new one is there, so that nothing falls between them.
  #open() {
    clearTimeout(this.again)
    const before = this.stream
    this.topics = topicsOf(this.#elements())
    this.stream = this.urlValue && this.topics.length ? this.#listen(before) : before?.close()
  }

  // The first one brings along what happened since the page was made, however long all that took.
  #listen(before) {
    const asked = new URLSearchParams(this.topics.map((topic) => ["topic", topic]))
    if (this.isFirst) asked.set("age", Math.round(performance.now() - (performance.getEntriesByType("navigation")[0]?.requestStart ?? 0)))
    this.isFirst = false
    const stream = new EventSource(`${this.urlValue}?${asked}`)
    stream.addEventListener("hello", () => (before?.close(), this.#arrived()))
    stream.addEventListener("address", ({ data }) => this.#changed(JSON.parse(data)))
    stream.addEventListener("error", () => (before?.close(), stream.close(), stream === this.stream && this.#lost()))
    return stream
  }

  // After a gap nobody knows what was missed, so everything is fetched again.
  #arrived() {
    if (this.gap) for (const one of this.#elements()) this.#refetch(one)
    this.gap = false
    this.failures = 0
    this.element.removeAttribute("data-away")
  }

  #lost() {
    this.stream = null
    this.gap = true
    this.failures += 1
    if (this.failures > 2) this.element.dataset.away = this.awayValue
    const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.failures)
    this.again = setTimeout(() => this.#open(), wait / 2 + (Math.random() * wait) / 2)
  }

  #changed(message) {
    for (const one of this.#elements()) if (matches(one, message)) this.#refetch(one)
    document.dispatchEvent(new CustomEvent("handrail:address", { detail: message }))
  }

  #topicsMayDiffer() {
    clearTimeout(this.settle)
    this.settle = setTimeout(() => topicsOf(this.#elements()).join() !== this.topics.join() && this.#open(), 200)
  }

  // Browsers allow few connections to one host: a tab that nobody looks at gives its stream back after a while.
  #turned() {
    clearTimeout(this.sleep)
    if (!document.hidden && !this.stream) this.#open()
    if (document.hidden) this.sleep = setTimeout(() => ((this.stream = this.stream?.close()), (this.gap = true)), HIDDEN_MS)
  }
}
