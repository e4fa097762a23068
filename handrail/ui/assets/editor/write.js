// The editor itself: Tiptap with what a mail can carry. Loaded as its own chunk, with the first composer of a page.
import { Editor } from "@tiptap/core"
import { Placeholder } from "@tiptap/extension-placeholder"
import StarterKit from "@tiptap/starter-kit"
import { mentions } from "./mentions.js"

const COMMANDS = {
  bold: "toggleBold",
  italic: "toggleItalic",
  bulletList: "toggleBulletList",
  orderedList: "toggleOrderedList",
  blockquote: "toggleBlockquote",
  codeBlock: "toggleCodeBlock",
}

const kit = StarterKit.configure({
  heading: false,
  horizontalRule: false,
  hardBreak: { keepMarks: true },
  link: { openOnClick: false, autolink: true, defaultProtocol: "https", protocols: ["http", "https", "mailto", "tel"] },
})

export function write({ textarea, html, mentions: address, className, label, changed }) {
  const place = document.createElement("div")
  textarea.before(place)
  textarea.hidden = true
  const editor = new Editor({
    element: place,
    injectCSS: false,
    content: html || paragraphs(textarea.value),
    extensions: [kit, Placeholder.configure({ placeholder: textarea.placeholder }), ...(address ? [mentions(address)] : [])],
    editorProps: {
      attributes: { class: className, role: "textbox", "aria-multiline": "true", "aria-label": label ?? "" },
      // The editor would keep Mod-Enter for itself as a line break; the hotkey controller presses what carries that key.
      handleKeyDown: (_view, event) => event.key === "Enter" && (event.ctrlKey || event.metaKey),
    },
    onUpdate: ({ editor: now }) => changed(now.isEmpty ? "" : now.getHTML(), now.getText({ blockSeparator: "\n\n" })),
  })
  return {
    destroy: () => (editor.destroy(), place.remove()),
    focus: () => editor.commands.focus("end"),
    format: (mark) => COMMANDS[mark] && editor.chain().focus()[COMMANDS[mark]]().run(),
    insert: (content) => editor.chain().focus().insertContent(content).run(),
    set: (content) => editor.commands.setContent(content, { emitUpdate: true }),
  }
}

function paragraphs(text) {
  const safe = text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign])
  return safe.split(/\n{2,}/).map((part) => `<p>${part.replaceAll("\n", "<br>")}</p>`).join("")
}
