// The editor itself: Tiptap with what a mail can carry. Loaded as its own chunk, with the first composer of a page.
import { Editor } from "@tiptap/core"
import { Placeholder } from "@tiptap/extension-placeholder"
import { TableKit } from "@tiptap/extension-table"
import StarterKit from "@tiptap/starter-kit"
import { mentions } from "./mentions.js"
import { pictures } from "./pictures.js"

const COMMANDS = {
  bold: "toggleBold",
  italic: "toggleItalic",
  bulletList: "toggleBulletList",
  orderedList: "toggleOrderedList",
  blockquote: "toggleBlockquote",
  code: "toggleCode",
  codeBlock: "toggleCodeBlock",
  addRow: "addRowAfter",
  addColumn: "addColumnAfter",
  deleteRow: "deleteRow",
  deleteColumn: "deleteColumn",
  deleteTable: "deleteTable",
}
const HEADINGS = { heading: { level: 2 }, smallHeading: { level: 3 } }
const MOST_CELLS = 50

const kit = (headings) => StarterKit.configure({
  heading: headings && { levels: [2, 3, 4] },
  horizontalRule: false,
  hardBreak: { keepMarks: true },
  link: { openOnClick: false, autolink: true, defaultProtocol: "https", protocols: ["http", "https", "mailto", "tel"] },
})

// files: {folder, words, bring} where pictures can be brought; see pictures.js.
// headings: whether the text has some, as articles do.
export function write({ textarea, html, mentions: address, files, headings, className, label, changed }) {
  const place = document.createElement("div")
  textarea.before(place)
  textarea.hidden = true
  const editor = new Editor({
    element: place,
    injectCSS: false,
    content: html || paragraphs(textarea.value),
    extensions: [
      kit(headings),
      TableKit.configure({ table: { resizable: false, cellMinWidth: 40 } }),
      Placeholder.configure({ placeholder: textarea.placeholder }),
      ...(address ? [mentions(address)] : []),
      ...(files ? [pictures(files)] : []),
    ],
    editorProps: {
      attributes: { class: className, dir: "auto", role: "textbox", "aria-multiline": "true", "aria-label": label ?? "" },
      // The editor would keep Mod-Enter for itself as a line break; the hotkey controller presses what carries that key.
      handleKeyDown: (_view, event) => event.key === "Enter" && (event.ctrlKey || event.metaKey),
    },
    onUpdate: ({ editor: now }) => changed(now.isEmpty ? "" : now.getHTML(), textOf(now)),
  })
  return {
    destroy: () => (editor.destroy(), place.remove()),
    // At once, not in the next frame: a Tab pressed between would start from nowhere.
    focus: () => {
      editor.view.focus()
      editor.commands.focus("end")
    },
    format: (mark) => {
      const [command, given] = COMMANDS[mark] ? [COMMANDS[mark]] : HEADINGS[mark] ? ["toggleHeading", HEADINGS[mark]] : []
      if (command) editor.chain().focus()[command](given).run()
    },
    table: (rows, cols) => {
      const size = { rows: Math.min(rows || 1, MOST_CELLS), cols: Math.min(cols || 1, MOST_CELLS), withHeaderRow: rows > 1 }
      editor.chain().focus().insertTable(size).run()
    },
    insert: (content) => editor.chain().focus().insertContent(content).run(),
    set: (content) => editor.commands.setContent(content, { emitUpdate: true }),
  }
}

function paragraphs(text) {
  const safe = text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign])
  return safe.split(/\n{2,}/).map((part) => `<p>${part.replaceAll("\n", "<br>")}</p>`).join("")
}

// A text that is a picture alone is not empty.
function textOf(editor) {
  const words = editor.getText({ blockSeparator: "\n\n" })
  return words.trim() || !editor.getHTML().includes("<img") ? words : "[…]"
}
