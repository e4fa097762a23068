// Where the composer's words go, and what their writer had seen: the mode chooses the address, looking at an empty
// composer counts as having read everything above it. What comes in later is shown before anything is sent.
//   values: addresses ({reply, note}), timeline (id)   targets: seen, text   actions: mode, look
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["seen", "text"]
  static values = { addresses: Object, timeline: String }

  mode({ detail }) {
    this.element.action = this.addressesValue[detail.mode]
  }

  look() {
    const newest = document.getElementById(this.timelineValue)?.dataset.newest
    if (newest && !this.textTarget.value.trim()) this.seenTarget.value = newest
  }
}
