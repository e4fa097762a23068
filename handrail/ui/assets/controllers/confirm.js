// The question before something that cannot be undone. On a form, button or link:
//   data-confirm="Delete 12 tickets?" data-confirm-text="What follows, in numbers." data-confirm-yes="Delete them"   (hx-confirm="…" works too)
// Sits on <body>. targets: dialog, title, text, yes
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["dialog", "title", "text", "yes"]

  connect() {
    this.stop = new AbortController()
    const { signal } = this.stop
    document.addEventListener("htmx:confirm", (event) => this.#htmx(event), { signal })
    document.addEventListener("click", (event) => this.#plain(event, event.target.closest?.("a[data-confirm], button[data-confirm]")), { signal, capture: true })
    document.addEventListener("submit", (event) => this.#plain(event, event.target.closest("form[data-confirm]")), { signal, capture: true })
  }

  disconnect() {
    this.stop.abort()
  }

  // private

  async #htmx(event) {
    const { ctx, issueRequest, dropRequest } = event.detail
    event.preventDefault()
    if (await this.#ask(ctx.sourceElement, ctx.confirm)) issueRequest()
    else dropRequest()
  }

  async #plain(event, element) {
    if (!element || element.handrailConfirmed) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!(await this.#ask(element, element.dataset.confirm))) return
    element.handrailConfirmed = true
    if (event.type === "submit") element.requestSubmit(event.submitter)
    else element.click()
    element.handrailConfirmed = false
  }

  #ask(element, title) {
    this.titleTarget.textContent = title || this.titleTarget.dataset.default
    this.textTarget.textContent = element.dataset.confirmText ?? ""
    this.yesTarget.textContent = element.dataset.confirmYes ?? this.yesTarget.dataset.default
    this.dialogTarget.returnValue = ""
    this.dialogTarget.showModal()
    return new Promise((resolve) => {
      this.dialogTarget.addEventListener("close", () => resolve(this.dialogTarget.returnValue === "yes"), { once: true })
    })
  }
}
