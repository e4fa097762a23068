// Prints what a first visit loads, compressed; with --strict it fails when a page grew over its limit.
import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"

const FOLDER = "handrail/ui/static/build"
const LIMITS = { js: 60_000, css: 40_000 }
const MAIN = "handrail/ui/assets/main.js"

const manifest = JSON.parse(readFileSync(`${FOLDER}/manifest.json`, "utf8"))
const base = new Set([MAIN])
for (const entry of base) for (const name of manifest[entry].imports ?? []) base.add(name)

const files = (names, kind) => [...names].flatMap((name) => (kind === "css" ? (manifest[name].css ?? []) : [manifest[name].file]))
const weigh = (names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(`${FOLDER}/${name}`), { level: 9 }).length, 0)
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9)

let grown = false
for (const kind of ["js", "css"]) {
  const size = weigh(files(base, kind))
  grown ||= size > LIMITS[kind]
  console.log(`base page, ${kind.padEnd(4)}${kilobytes(size)} gz, limit ${kilobytes(LIMITS[kind])}${size > LIMITS[kind] ? "  TOO LARGE" : ""}`)
}
for (const [name, chunk] of Object.entries(manifest)) {
  if (base.has(name)) continue
  console.log(`${name.split("/").at(-1).padEnd(14)}${kilobytes(weigh([chunk.file]))} gz, loaded when needed`)
}
if (grown && process.argv.includes("--strict")) process.exitCode = 1
