// Tells what htmx could not do, in a toast and to screen readers. Sits on <body>; the words stand on the toasts region.
import { Controller } from "@hotwired/stimulus"

// What the page fetched by itself fails quietly; only what a person did is answered.
const BY_ITSELF = ["load", "live", "every", "revealed", "intersect"]

export default class extends Controller {
  static targets = ["toasts", "announcer"]

  connect() {
    this.stop = new AbortController()
    const { signal } = this.stop
    document.addEventListener("htmx:response:error", ({ detail }) => this.#answered(detail.ctx), { signal })
    document.addEventListener("htmx:error", ({ detail }) => detail.ctx && asked(detail.ctx) && this.#say(navigator.onLine ? "failed" : "offline"), { signal })
    document.addEventListener("handrail:say", ({ detail }) => this.#show(detail.text, detail.tone), { signal })
  }

  disconnect() {
    this.stop.abort()
  }

  // private

  #answered(ctx) {
    if (ctx.swap !== "none" || !asked(ctx)) return
    this.#say({ 403: "refused", 404: "gone", 410: "gone" }[ctx.response.status] ?? "failed")
  }

  #say(key) {
    this.#show(this.toastsTarget.getAttribute(`data-feedback-${key}`), "trouble")
  }

  #show(text, tone = "") {
    const toast = document.createElement("div")
    toast.className = `toast${tone ? ` toast--${tone}` : ""}`
    toast.dataset.controller = "toast"
    toast.dataset.toastSecondsValue = "8"
    const words = document.createElement("span")
    words.className = "toast__text"
    words.textContent = text
    toast.append(words)
    this.toastsTarget.append(toast)
    this.announcerTarget.textContent = text
  }
}

const asked = (ctx) => !BY_ITSELF.includes(ctx.sourceEvent?.type)
