// @ in the editor: asks the desk for colleagues and offers them below the text.
import { Mention } from "@tiptap/extension-mention"
import { element } from "../keys.js"
import { ours } from "../token.js"

export function mentions(address) {
  return Mention.configure({
    HTMLAttributes: { class: "mention" },
    suggestion: { items: ({ query }) => find(address, query), render: () => popup() },
  })
}

async function find(address, query) {
  const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { headers: ours() }).catch(() => null)
  return answer?.ok ? (await answer.json()).slice(0, 8) : []
}

function popup() {
  const list = element("div", "menu mention-list")
  list.popover = "manual"
  list.id = "mention-list"
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "@")
  let now = { items: [] }
  let at = 0

  const draw = (props) => {
    now = props
    at = Math.min(at, Math.max(0, now.items.length - 1))
    list.replaceChildren(...now.items.map((item, index) => entry(item, index === at, () => now.command({ id: item.id, label: item.name }))))
    list.hidden = !now.items.length
    tell(now.editor?.view.dom, list.children[at])
    const caret = now.clientRect?.()
    if (caret) Object.assign(list.style, { position: "fixed", positionArea: "none", insetBlockStart: `${caret.bottom + 4}px`, left: `${caret.left}px` })
  }

  return {
    onStart: (props) => (document.body.append(list), list.showPopover(), draw(props)),
    onUpdate: draw,
    onExit: () => (tell(now.editor?.view.dom), list.remove()),
    onKeyDown: ({ event }) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (event.key === "Escape") return list.remove(), true
      if (!now.items.length || !(step || event.key === "Enter" || event.key === "Tab")) return false
      if (step) (at = (at + step + now.items.length) % now.items.length), draw(now)
      else list.children[at]?.click()
      return true
    },
  }
}

// The text keeps the focus; who hears the page is told which name Enter would take.
function tell(text, chosen) {
  if (chosen) text?.setAttribute("aria-activedescendant", chosen.id)
  else text?.removeAttribute("aria-activedescendant")
}

function entry(item, chosen, choose) {
  const button = element("button", "menu__item", item.name)
  button.type = "button"
  button.id = `mention-${item.id}`
  button.tabIndex = -1
  button.setAttribute("role", "option")
  button.setAttribute("aria-selected", String(chosen))
  if (chosen) button.setAttribute("aria-current", "true")
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", choose)
  return button
}
