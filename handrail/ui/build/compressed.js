// A Vite plugin: writes .gz and .br beside every built text file, so that no server compresses them per request.
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { brotliCompressSync, gzipSync } from "node:zlib"

export function compressed() {
  let folder
  return {
    name: "handrail-compressed",
    apply: "build",
    writeBundle: { order: "post", sequential: true, handler: (options) => void (folder = options.dir) },
    closeBundle() {
      for (const name of folder ? readdirSync(folder) : []) {
        if (!/\.(js|css|svg)$/.test(name)) continue
        const source = readFileSync(`${folder}/${name}`)
        writeFileSync(`${folder}/${name}.gz`, gzipSync(source, { level: 9 }))
        writeFileSync(`${folder}/${name}.br`, brotliCompressSync(source))
      }
    },
  }
}
