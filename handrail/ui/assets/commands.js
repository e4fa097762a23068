// What the command bar lists besides the registered commands: what this page offers, and what the server finds.
import { element, keycaps, nameOf, textOf } from "./keys.js"
import { ours } from "./token.js"

const NAMED = "[data-command], [data-hotkey]"
const ACTIONS = `${NAMED}, button, a.button, .menu__item, input[type="submit"]`
const PLACES = "tr, article[aria-label], .item, .card, section[aria-label]"

// Entries for everything that can be done here. What names itself (data-command, data-hotkey) is listed at once, all else when
// somebody types; where two are called alike, each says where it stands.
export function standIns() {
  const all = pressable().map((one) => [one, nameOf(one)])
  const times = Map.groupBy(all, ([, name]) => name)
  return all.filter(([, name]) => name).map(([one, name]) => standIn(one, name, menuOf(one) || (times.get(name).length > 1 && placeOf(one))))
}

function standIn(one, name, where) {
  const command = element("div", "command", one.querySelector("svg.icon")?.cloneNode(true) ?? "", element("span", "", name))
  if (where) command.append(element("span", "command__why", where))
  if (one.dataset.hotkey) command.append(keycaps(one.dataset.hotkey))
  if (!one.matches(NAMED)) command.dataset.quiet = ""
  command.setAttribute("role", "option")
  command.handrailStandsFor = one
  return command
}

// Places are commands already.
const pressable = () => [...document.querySelectorAll(ACTIONS)].filter((one) => !one.disabled && !one.closest("dialog, [hidden], .rail a") && joins(one))

// An entry of a closed menu joins; a form in one is filled in where it opens, and the opener joins. What is not shown never does.
function joins(one) {
  if ("command" in one.dataset) return true
  if (one.closest("[popover]")) return one.matches(".menu__item")
  return "hotkey" in one.dataset || one.checkVisibility()
}

function menuOf(one) {
  const opener = !("command" in one.dataset) && document.querySelector(`[popovertarget="${one.closest("[popover]")?.id}"]`)
  return opener ? nameOf(opener).replace(/…$/, "") : ""
}

function placeOf(one) {
  const place = one.closest(PLACES)
  const head = place?.querySelector("th, .item__title, .card__title")
  return place?.getAttribute("aria-label") || (head ? textOf(head) : "")
}

// The elements the server answers for some words; none when it does not answer.
export async function ask(address, query) {
  const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { headers: ours() }).catch(() => null)
  if (!answer?.ok) return []
  return [...new DOMParser().parseFromString(await answer.text(), "text/html").body.children]
}
