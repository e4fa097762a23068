// Keys as people see them, and the words of what they press.
export const MAC = /mac|iphone|ipad/i.test(navigator.platform)

export function named({ key, metaKey, ctrlKey, shiftKey }) {
  const letter = key.length === 1 && !shiftKey ? key.toLowerCase() : key
  return (MAC ? metaKey : ctrlKey) ? `Mod+${letter}` : letter
}

export function textOf(element) {
  const copy = element.cloneNode(true)
  for (const key of copy.querySelectorAll("kbd, svg, .command__keys")) key.remove()
  return copy.textContent.trim()
}

export const nameOf = (element) => element.dataset.command || element.getAttribute("aria-label") || textOf(element) || element.title

export function keycaps(keys) {
  const caps = keys.replace("Mod", MAC ? "⌘" : "Ctrl").replace("Enter", "↵").split(/[ +]/)
  return element("span", "command__keys", ...caps.map((cap) => element("kbd", "", cap)))
}

export function element(tag, className, ...content) {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...content)
  return made
}
