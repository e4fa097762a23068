// A Vite plugin: draws one SVG sprite of the Lucide icons that templates and code name.
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"

const LITERAL = /["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']/g
const SURELY = /\bicon(?:_name)?\s*(?:=|:|\()\s*["']([a-z][a-z0-9-]*)["']/g
const LISTS = /icons\.txt$/
const SOURCES = /\.(html|py|js)$/
const ELSEWHERE = /\/(static|tests|migrations|node_modules|__pycache__)\//
const ENTRY = "handrail/ui/assets/icons.svg"

// Names that are surely meant as icons must exist. In templates every other literal that happens to be an icon's name is
// taken too, because components pass names on; in code, those on a line that speaks of icons.
export function iconNames() {
  const names = new Map()
  for (const file of find(LISTS)) {
    for (const name of readFileSync(file, "utf8").replace(/#.*$/gm, "").split(/\s+/)) if (name) names.set(name, file)
  }
  for (const file of find(SOURCES)) {
    const text = readFileSync(file, "utf8")
    for (const [, name] of text.matchAll(SURELY)) names.set(name, file)
    for (const [, name] of speaking(file, text).matchAll(LITERAL)) if (drawingOf(name)) names.set(name, file)
  }
  return names
}

function speaking(file, text) {
  if (file.endsWith(".html")) return (text.match(/\{[{%][\s\S]*?[%}]\}/g) ?? []).join("\n")
  return text.split("\n").filter((line) => /icon/i.test(line)).join("\n")
}

export function sprite() {
  return {
    name: "handrail-sprite",
    generateBundle(_options, bundle) {
      const source = draw(iconNames(), (message) => this.error(message))
      const hash = createHash("sha256").update(source).digest("hex").slice(0, 12)
      const file = `icons.${hash}.svg`
      this.emitFile({ type: "asset", fileName: file, source })
      state.file = file
    },
    writeBundle: { order: "post", sequential: true, handler: addToManifest },
  }
}

const state = {}

function draw(names, fail) {
  const symbols = [...names.keys()].sort().map((name) => {
    const drawing = drawingOf(name) ?? fail(`There is no Lucide icon “${name}” (named in ${names.get(name)}).`)
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`
}

function drawingOf(name) {
  try {
    const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8")
    return svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "").replaceAll(" />", "/>")
  } catch {
    return undefined
  }
}

async function addToManifest(options) {
  const { readFile, writeFile } = await import("node:fs/promises")
  const path = `${options.dir}/manifest.json`
  const manifest = JSON.parse(await readFile(path, "utf8"))
  manifest[ENTRY] = { file: state.file }
  await writeFile(path, JSON.stringify(manifest, null, 1))
}

function find(pattern) {
  const files = readdirSync("handrail", { recursive: true }).map((file) => `handrail/${file.replaceAll("\\", "/")}`)
  return files.filter((file) => pattern.test(file) && !ELSEWHERE.test(file))
}
