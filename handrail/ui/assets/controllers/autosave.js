// A draft saves itself a moment after the last key, says so, tries again when it could not, and never loses the text.
//   values: url, saving, saved, failed, wait   targets: field (what is watched), state (where it says so)   actions: changed
//   Where several write: version (kept in step with the answer's Draft-Version), trouble (takes what a 409 tells)
import { Controller } from "@hotwired/stimulus"
import htmx from "htmx.org"
import { ours } from "../token.js"

export default class extends Controller {
  static targets = ["field", "state", "version", "trouble"]
  static values = { url: String, saving: String, saved: String, failed: String, wait: { type: Number, default: 800 } }

  connect() {
    this.leave = () => this.dirty && this.#beacon()
    addEventListener("pagehide", this.leave)
    addEventListener("online", (this.online = () => this.dirty && this.#save()))
  }

  disconnect() {
    this.leave()
    clearTimeout(this.timer)
    removeEventListener("pagehide", this.leave)
    removeEventListener("online", this.online)
  }

  changed() {
    if (!this.urlValue) return
    this.dirty = true
    this.failures = 0
    this.#later(this.waitValue)
  }

  // The answer was sent: what is on its way must not become a draft again.
  settled() {
    this.dirty = false
    clearTimeout(this.timer)
    this.request?.abort()
  }

  // private

  #later(wait) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.#save(), wait)
  }

  async #save() {
    this.request?.abort()
    this.request = new AbortController()
    this.dirty = false
    this.#say("saving", this.savingValue)
    try {
      const answer = await fetch(this.urlValue, { method: "POST", body: this.#form(), headers: ours(), signal: this.request.signal })
      if (answer.status === 409) return this.#overtaken(await answer.text())
      if (!answer.ok) throw new Error(String(answer.status))
      this.failures = 0
      if (this.hasVersionTarget) this.versionTarget.value = answer.headers.get("Draft-Version") ?? this.versionTarget.value
      this.#say("saved", this.savedValue)
    } catch (error) {
      if (error.name === "AbortError") return
      this.dirty = true
      this.failures = (this.failures ?? 0) + 1
      this.#say("failed", this.failedValue)
      this.#later(Math.min(60_000, 1000 * 2 ** this.failures) * (0.75 + Math.random() / 2))
    }
  }

  #overtaken(html) {
    this.#say("", "")
    if (!this.hasTroubleTarget) return
    this.troubleTarget.replaceWith(...new DOMParser().parseFromString(html, "text/html").body.children)
    htmx.process(this.element)
  }

  #beacon() {
    if (this.urlValue) fetch(this.urlValue, { method: "POST", body: this.#form(), headers: ours(), keepalive: true }).catch(() => {})
    this.dirty = false
  }

  // Files travel by themselves; a draft is its words.
  #form() {
    const form = new FormData(this.element.closest("form") ?? this.element)
    for (const [name, one] of [...form]) if (one instanceof File) form.delete(name)
    return new URLSearchParams(form)
  }

  #say(state, words) {
    if (!this.hasStateTarget) return
    this.stateTarget.dataset.state = state
    this.stateTarget.textContent = words
  }
}
