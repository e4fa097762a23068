// The base page: styles, htmx and the controllers. The editor is loaded by its own controller, when a page has one.
import "./css/main.css"
import "./rooms.js"
import htmx from "htmx.org"
import { Application } from "@hotwired/stimulus"
import { guard } from "./htmx-guard.js"
import { keepFocus } from "./keep-focus.js"

const controllers = {
  ...import.meta.glob("./controllers/*.js", { eager: true, import: "default" }),
  ...import.meta.glob("../../*/assets/controllers/*.js", { eager: true, import: "default" }),
}

guard(htmx)
keepFocus()
const application = Application.start()
for (const [path, controller] of Object.entries(controllers)) {
  application.register(path.split("/").at(-1).replace(".js", "").replaceAll("_", "-"), controller)
}
