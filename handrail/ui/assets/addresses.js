// Live addresses: data-live="ticket:0190… closure messages, team:7 list" names topics and the panels drawn from them.
const parts = (one) => one.dataset.live.split(",").map((part) => part.trim().split(/\s+/))

export const topicsOf = (elements) => [...new Set(elements.flatMap((one) => parts(one).map(([topic]) => topic)))].sort()

// No panels on the element: it draws all of the topic. No panel in the message: all of the topic changed.
export function matches(one, { topic, panel }) {
  return parts(one).some(([wanted, ...panels]) => wanted === topic && (!panels.length || !panel || panels.includes(panel)))
}
