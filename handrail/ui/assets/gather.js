// Several calls for the same thing within a moment become one, after a wait with a little chance in it.
export function gather(wait, act) {
  const waiting = new Set()
  return (one) => {
    if (waiting.has(one)) return
    waiting.add(one)
    setTimeout(() => (waiting.delete(one), act(one)), wait * (1 + Math.random()))
  }
}
