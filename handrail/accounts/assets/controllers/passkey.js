// Asks the device for a passkey and sends what it signed with the form.   targets: credential (a hidden input)
//   values: options (address of the challenge for proving) or given (the options for making one), failed (words)
//   actions: prove, make
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["credential"]
  static values = { options: String, given: Object, failed: String }

  connect() {
    if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) this.element.hidden = true
  }

  async prove({ currentTarget }) {
    await this.#ask(currentTarget, async () => {
      const { publicKey } = await (await fetch(this.optionsValue, { headers: { Accept: "application/json" } })).json()
      return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
    })
  }

  async make({ currentTarget }) {
    if (!this.element.reportValidity()) return
    await this.#ask(currentTarget, () => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(this.givenValue.publicKey)
      return navigator.credentials.create({ publicKey })
    })
  }

  // private

  async #ask(button, signing) {
    button.setAttribute("aria-busy", "true")
    try {
      this.credentialTarget.value = JSON.stringify(await signing())
      this.element.submit()
    } catch {
      button.removeAttribute("aria-busy")
      const detail = { text: this.failedValue, tone: "trouble" }
      document.dispatchEvent(new CustomEvent("handrail:say", { detail }))
    }
  }
}
