// How well a few typed letters fit some words: 0 for not at all. Beginnings of words beat middles, middles beat initials.
export function fit(query, words) {
  const wanted = plain(query)
  const text = plain(words)
  if (!wanted) return 1
  const at = text.indexOf(wanted)
  if (at === 0) return 100
  if (at > 0) return text[at - 1] === " " ? 90 : 60
  const parts = wanted.split(" ")
  if (parts.every((part) => text.includes(part))) return 50
  return initials(text).includes(wanted.replaceAll(" ", "")) ? 40 : 0
}

const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim()
const initials = (text) => text.split(" ").map((word) => word[0]).join("")
