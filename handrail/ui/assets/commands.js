// What the command bar lists besides the registered commands: buttons of the page, and what the server finds.
import { element, keycaps, nameOf } from "./keys.js"
import { ours } from "./token.js"

// An entry that stands for a button of the page and presses it.
export function standIn(one) {
  const command = element("div", "command", one.querySelector("svg.icon")?.cloneNode(true) ?? "", element("span", "", nameOf(one)))
  if (one.dataset.hotkey) command.append(keycaps(one.dataset.hotkey))
  command.setAttribute("role", "option")
  command.handrailStandsFor = one
  return command
}

export const pressable = () =>
  [...document.querySelectorAll("[data-command], [data-hotkey]")].filter((one) => !one.disabled && !one.closest("dialog, [popover]"))

// The elements the server answers for some words; none when it does not answer.
export async function ask(address, query) {
  const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { headers: ours() }).catch(() => null)
  if (!answer?.ok) return []
  return [...new DOMParser().parseFromString(await answer.text(), "text/html").body.children]
}
