// Prints the page a link leads to without leaving this one; without script the link opens it.
import { Controller } from "@hotwired/stimulus"

const LONGEST_MS = 600_000

export default class extends Controller {
  here(event) {
    event.preventDefault()
    const sheet = document.createElement("iframe")
    sheet.className = "visually-hidden"
    sheet.title = this.element.textContent.trim()
    sheet.addEventListener("load", () => this.#print(sheet))
    sheet.src = this.element.href
    document.body.append(sheet)
  }

  // private

  #print(sheet) {
    sheet.contentWindow.addEventListener("afterprint", () => setTimeout(() => sheet.remove()))
    setTimeout(() => sheet.remove(), LONGEST_MS)
    sheet.contentWindow.print()
  }
}
