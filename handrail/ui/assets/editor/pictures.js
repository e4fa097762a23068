// Pictures in the editor: the text names them by their Content-ID, the page shows them from where the draft keeps them,
// and what they show can be written below each.
import Image from "@tiptap/extension-image"
import { Plugin } from "@tiptap/pm/state"
import { element } from "../keys.js"

const KINDS = ["image/png", "image/jpeg", "image/gif", "image/webp"]

// folder: where the files of the draft are. words: {alt, remove}. bring(file, place): carries one there.
export function pictures({ folder, words, bring }) {
  return Image.extend({
    parseHTML: () => [{ tag: 'img[src^="cid:"]' }],
    addAttributes: () => ({ src: { default: null }, alt: { default: "" } }),
    addInputRules: () => [],
    addNodeView: () => (props) => new View(props, folder, words),
    addProseMirrorPlugins() {
      const take = (files, at) => files.forEach((file) => bring(file, placing(this.editor, at)))
      return [
        new Plugin({
          props: {
            handlePaste: (_view, event) => {
              const files = images(event.clipboardData)
              if (!files.length || saysSomething(event.clipboardData)) return false
              return take(files, this.editor.state.selection.from), true
            },
            handleDrop: (view, event) => {
              const files = images(event.dataTransfer)
              if (!files.length) return false
              delete view.dom.closest("[data-over]")?.dataset.over
              event.preventDefault()
              const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos
              return take(files, at ?? this.editor.state.selection.from), true
            },
          },
        }),
      ]
    },
  })
}

const images = (brought) => [...(brought?.files ?? [])].filter((file) => KINDS.includes(file.type))

// A table from a spreadsheet comes with a picture of itself: the words are meant then.
function saysSomething(brought) {
  const html = brought.getData("text/html")
  return Boolean(html && new DOMParser().parseFromString(html, "text/html").body.textContent.trim())
}

// Where it was put, however much is written before that until it has arrived.
function placing(editor, at) {
  const follow = ({ transaction }) => (at = transaction.mapping.map(at))
  editor.on("transaction", follow)
  return (picture) => {
    editor.off("transaction", follow)
    if (editor.isDestroyed) return
    const attrs = { src: picture.getAttribute("src"), alt: picture.alt }
    editor.chain().insertContentAt(Math.min(at, editor.state.doc.content.size), { type: "image", attrs }).run()
  }
}

class View {
  constructor({ node, editor, getPos }, folder, words) {
    this.node = node
    this.picture = Object.assign(element("img"), { src: addressOf(node.attrs.src, folder), alt: node.attrs.alt })
    this.field = Object.assign(element("input", "input input--small"), { type: "text", value: node.attrs.alt, maxLength: 300 })
    this.field.setAttribute("aria-label", words.alt)
    this.field.placeholder = words.alt
    this.field.addEventListener("input", (event) => {
      event.stopPropagation()
      const spot = getPos()
      editor.view.dispatch(editor.state.tr.setNodeMarkup(spot, null, { ...this.node.attrs, alt: this.field.value }))
    })
    this.field.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), editor.commands.focus()))
    const remove = element("button", "button button--plain button--icon button--small", "×")
    remove.type = "button"
    remove.setAttribute("aria-label", words.remove)
    remove.addEventListener("click", () => editor.chain().focus().deleteRange({ from: getPos(), to: getPos() + 1 }).run())
    this.dom = element("div", "picture", this.picture, element("span", "picture__words", this.field, remove))
    this.dom.contentEditable = "false"
  }

  update(node) {
    if (node.type !== this.node.type || node.attrs.src !== this.node.attrs.src) return false
    this.node = node
    this.picture.alt = node.attrs.alt
    if (this.field.value !== node.attrs.alt) this.field.value = node.attrs.alt
    return true
  }

  stopEvent = (event) => this.dom.lastChild.contains(event.target)
  ignoreMutation = () => true
}

// cid:019b…@desk is the file with that id.
function addressOf(source, folder) {
  const id = /^cid:([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})@/.exec(source ?? "")
  return id ? `${folder}/${id.slice(1).join("-")}?inline` : ""
}
