// Files dropped on, pasted into or picked for a form travel at once, with progress; the server answers with a file chip.
//   values: url (POST file, answers HTML), failed ("%s was not added.")   targets: input, list   actions: pick, add (detail: {file, place}: place gets a picture for the text)
//   Without a url the files simply stay in the input and go with the form.
import { Controller } from "@hotwired/stimulus"
import htmx from "htmx.org"
import { element } from "../keys.js"
import { ours } from "../token.js"

export default class extends Controller {
  static targets = ["input", "list"]
  static values = { url: String, failed: String }

  connect() {
    this.element.addEventListener("dragover", (event) => this.#over(event))
    this.element.addEventListener("dragleave", (event) => this.element.contains(event.relatedTarget) || this.#leave())
    this.element.addEventListener("drop", (event) => this.#drop(event))
    this.element.addEventListener("paste", (event) => this.#take(event, event.clipboardData?.files))
  }

  pick() {
    if (!this.urlValue) return
    for (const file of this.inputTarget.files) this.#send(file)
    this.inputTarget.value = ""
  }

  add({ detail: { file, place } }) {
    this.#send(file, place)
  }

  // private

  #over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    this.element.dataset.over = ""
  }

  #leave() {
    delete this.element.dataset.over
  }

  #drop(event) {
    this.#leave()
    this.#take(event, event.dataTransfer?.files)
  }

  #take(event, files) {
    if (!files?.length || event.defaultPrevented) return
    event.preventDefault()
    if (this.urlValue) for (const file of files) this.#send(file)
    else this.inputTarget.files = files
  }

  #send(file, place) {
    const chip = progressChip(file.name)
    this.listTarget.append(chip)
    const request = new XMLHttpRequest()
    request.open("POST", this.urlValue)
    for (const [name, words] of Object.entries(ours())) request.setRequestHeader(name, words)
    request.upload.onprogress = ({ loaded, total }) => (chip.lastChild.value = loaded / total)
    request.onload = () => (request.status < 300 || request.status === 422 ? this.#arrived(chip, request.responseText, place) : this.#failed(chip, file))
    request.onerror = () => this.#failed(chip, file)
    const form = new FormData()
    form.append("file", file)
    if (place) form.append("inline", "on")
    request.send(form)
  }

  #arrived(chip, html, place) {
    const answer = new DOMParser().parseFromString(html, "text/html").body
    const picture = place && answer.querySelector("img")
    if (picture) place(picture)
    chip.replaceWith(...(picture ? [] : answer.children))
    htmx.process(this.listTarget)
    this.dispatch("added")
  }

  #failed(chip, file) {
    chip.remove()
    document.dispatchEvent(new CustomEvent("handrail:say", { detail: { text: this.failedValue.replace("%s", file.name), tone: "trouble" } }))
  }
}

function progressChip(name) {
  const bar = Object.assign(element("progress", "bar"), { max: 1, value: 0 })
  return element("span", "file", element("span", "file__name", name), bar)
}
