// Tasks of a list are put into another order: dragged, or moved by Alt and an arrow; each sends its own form, which names the one it
// comes before.   targets: item (draggable; its form has a field `before`)   values: moved (the words that are read aloud)
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["item"]
  static values = { moved: String }

  connect() {
    this.stop = new AbortController()
    const { signal } = this.stop
    this.element.addEventListener("keydown", (event) => this.#pressed(event), { signal })
    this.element.addEventListener("dragstart", (event) => this.#taken(event), { signal })
    this.element.addEventListener("dragover", (event) => this.#over(event), { signal })
    this.element.addEventListener("drop", (event) => this.#dropped(event), { signal })
    this.element.addEventListener("dragend", () => this.#mark(null), { signal })
  }

  disconnect() {
    this.stop.abort()
  }

  // private

  #pressed(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const item = this.#item(event)
    if (!step || !event.altKey || !item) return
    event.preventDefault()
    const place = this.itemTargets.indexOf(item) + step
    if (place < 0 || place >= this.itemTargets.length) return
    this.#put(item, this.itemTargets[step < 0 ? place : place + 1], place)
  }

  #taken(event) {
    this.dragged = this.#item(event)
    if (this.dragged) event.dataTransfer.effectAllowed = "move"
  }

  #over(event) {
    const item = this.dragged && this.#item(event)
    if (!item) return
    event.preventDefault()
    this.#mark(item)
  }

  #dropped(event) {
    const [item, over] = [this.dragged, this.#item(event)]
    this.#mark(null)
    this.dragged = null
    if (!item || !over || item === over) return
    event.preventDefault()
    const [from, to] = [item, over].map((each) => this.itemTargets.indexOf(each))
    this.#put(item, this.itemTargets[from < to ? to + 1 : to], to)
  }

  #put(item, before, place) {
    const form = item.querySelector("form[data-place]")
    form.elements.before.value = before?.dataset.task ?? ""
    form.requestSubmit()
    document.getElementById("announcer").textContent = this.movedValue.replace("%s", place + 1)
  }

  #item = (event) => event.target.closest?.('[data-ordering-target~="item"]')

  #mark(item) {
    for (const one of this.itemTargets) one.classList.toggle("task--over", one === item)
  }
}
