// Keys as people see them, and the words of what they press.
export const MAC = /mac|iphone|ipad/i.test(navigator.platform)

// What takes letters.
export const TYPING = 'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"]'

export function named({ key, metaKey, ctrlKey, shiftKey }) {
  const letter = key.length === 1 && !shiftKey ? key.toLowerCase() : key
  return (MAC ? metaKey : ctrlKey) ? `Mod+${letter}` : letter
}

export function textOf(element) {
  const copy = element.cloneNode(true)
  for (const key of copy.querySelectorAll("kbd, svg, .command__keys, .menu__why")) key.remove()
  return copy.textContent.trim()
}

// Fields are focused, everything else is pressed.
export const use = (one) => (one.matches(TYPING) ? one.focus() : one.click())

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
