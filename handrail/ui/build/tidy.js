// A Vite plugin: leaves what earlier builds wrote for an hour, so that pages already open still find their files.
import { readdirSync, rmSync, statSync } from "node:fs"

const HOUR_MS = 3_600_000

export function tidy() {
  const written = new Set()
  let folder
  return {
    name: "handrail-tidy",
    apply: "build",
    writeBundle(options, bundle) {
      folder = options.dir
      for (const name of Object.keys(bundle)) written.add(name)
    },
    closeBundle() {
      for (const name of folder ? readdirSync(folder) : []) {
        const ours = written.has(name.replace(/\.(gz|br)$/, "")) || name === "manifest.json"
        if (!ours && Date.now() - statSync(`${folder}/${name}`).mtimeMs > HOUR_MS) rmSync(`${folder}/${name}`)
      }
    },
  }
}
