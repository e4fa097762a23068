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

// What stands in a closed menu joins when it says by which words (data-command); what is not shown at all never does.
export const pressable = () => [...document.querySelectorAll("[data-command], [data-hotkey]")].filter((one) => !one.disabled && joins(one))

const joins = (one) => !one.closest("dialog, [hidden]") && (!one.closest("[popover]") || "command" in one.dataset)

// The elements the server answers for some words; none when it does not answer.
export async function ask(address, query) {
  const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { headers: ours() }).catch(() => null)
  if (!answer?.ok) return []
  return [...new DOMParser().parseFromString(await answer.text(), "text/html").body.children]
}
