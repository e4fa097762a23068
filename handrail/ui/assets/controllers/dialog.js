// A native dialog: opens by command="show-modal" or when the server sends it to be shown; closes after a form in it was accepted.
//   values: show   actions: open, close, accepted (data-action="htmx:after:request->dialog#accepted" on a form inside)
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { show: Boolean }

  connect() {
    if (this.showValue && !this.element.open) this.element.showModal()
  }

  open({ params }) {
    document.getElementById(params.id)?.showModal()
  }

  close() {
    this.element.closest("dialog").close()
  }

  accepted({ detail }) {
    if (detail.ctx?.response?.status < 400) this.close()
  }
}
