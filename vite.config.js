// The front end: one bundle for every page, the editor apart from it, and the icon sprite.
// `npm run build` writes handrail/ui/static/build; Django reads the manifest there (handrail/ui/bundle.py).
import { defineConfig } from "vite"
import { compressed } from "./handrail/ui/build/compressed.js"
import { sprite } from "./handrail/ui/build/sprite.js"
import { tidy } from "./handrail/ui/build/tidy.js"

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [sprite(), compressed(), tidy()],
  build: {
    outDir: "handrail/ui/static/build",
    emptyOutDir: false,
    manifest: "manifest.json",
    target: ["chrome125", "firefox128", "safari17.5"],
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["handrail/ui/assets/main.js"],
      output: {
        hashCharacters: "hex",
        entryFileNames: "[name].[hash:12].js",
        chunkFileNames: "[name].[hash:12].js",
        assetFileNames: "[name].[hash:12][extname]",
      },
    },
  },
})
