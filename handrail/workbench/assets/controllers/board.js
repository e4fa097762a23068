// Cards of a board can be dragged: dropping one presses the entry of its menu that moves it there.
//   targets: card (draggable), column (data-to: what a card gets there; data-takes: whether cards go there)
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["card", "column"]

  connect() {
    this.stop = new AbortController()
    const { signal } = this.stop
    this.element.addEventListener("dragstart", (event) => this.#taken(event), { signal })
    this.element.addEventListener("dragover", (event) => this.#over(event), { signal })
    this.element.addEventListener("drop", (event) => this.#dropped(event), { signal })
    this.element.addEventListener("dragend", () => this.#mark(null), { signal })
  }

  disconnect() {
    this.stop.abort()
  }

  // private

  #taken(event) {
    this.card = event.target.closest('[data-board-target~="card"]')
    if (this.card) event.dataTransfer.effectAllowed = "move"
  }

  #over(event) {
    const column = this.#column(event)
    if (column) event.preventDefault()
    this.#mark(column)
  }

  #dropped(event) {
    const column = this.#column(event)
    this.#mark(null)
    if (!column) return
    event.preventDefault()
    this.#entry(column.dataset.to)?.click()
  }

  #column(event) {
    const column = event.target.closest("[data-takes]")
    return this.card && column && !column.contains(this.card) ? column : null
  }

  #entry = (to) => [...this.card.querySelectorAll('[name="to"]')].find((one) => one.value === to)

  #mark(column) {
    for (const one of this.columnTargets) one.classList.toggle("board__column--over", one === column)
  }
}
