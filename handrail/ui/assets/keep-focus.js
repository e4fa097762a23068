// Who works by keys never falls out of the page: when what had the focus is drawn anew or goes away, the focus goes to what took
// its place, else to what opened it, else to where it was before, else to what stands around it.
const FOCUSABLE = 'a[href], button, input:not([type="hidden"]), select, textarea, [contenteditable="true"], [tabindex]'
//: What comes and goes over the page; the focus was elsewhere before it, and goes back there.
const PASSING = ".toast, [popover], dialog"
const NAMES = ["data-hotkey", "name", "value", "aria-label", "popovertarget", "href"]

export function keepFocus() {
  let last = null
  let ways = ["#main"]
  document.addEventListener("focusin", ({ target }) => {
    ways = waysBack(target, ways)
    last = target
  })
  new MutationObserver(() => {
    if (!last || last.isConnected || document.activeElement !== document.body) return
    last = null
    ways.some(goes)
  }).observe(document.documentElement, { childList: true, subtree: true })
}

// Selectors, the best first.
function waysBack(target, before) {
  const within = around(target)
  const place = within[0] ? `#${CSS.escape(within[0].id)} ` : ""
  const menu = target.closest("[popover]")?.id
  const opener = menu && `[popovertarget="${CSS.escape(menu)}"]`
  const marks = NAMES.filter((name) => target.getAttribute(name)).map((name) => `[${name}="${CSS.escape(target.getAttribute(name))}"]`)
  return [
    target.id && `#${CSS.escape(target.id)}`,
    marks.length && `${place}${target.localName}${marks.join("")}`,
    withKey(target),
    target.isContentEditable && `${place}[contenteditable="true"]`,
    opener,
    withKey(opener && document.querySelector(opener)),
    ...(target.closest(PASSING) ? before : within.map(({ id }) => `#${CSS.escape(id)}`)),
    "#main",
  ].filter(Boolean)
}

// What the same key presses now.
const withKey = (one) => one?.dataset.hotkey && `[data-hotkey="${CSS.escape(one.dataset.hotkey)}"]`

function around(target) {
  const found = []
  for (let one = target.parentElement?.closest("[id]"); one; one = one.parentElement?.closest("[id]")) found.push(one)
  return found
}

function goes(selector) {
  const found = document.querySelector(selector)
  const one = found?.matches(FOCUSABLE) ? found : found?.querySelector(FOCUSABLE)
  one?.focus({ preventScroll: true })
  return one !== undefined && one === document.activeElement
}
