// How htmx behaves here: no evaluated strings, the CSRF token with every request, and no whole pages inside a panel.

class Refused {
  constructor() {
    throw new Error("Attributes hold no code here: use a Stimulus controller.")
  }
}

export function guard(htmx) {
  htmx.registerExtension("no-eval", { init: (api) => api.initSecurity(null, Refused, Refused) })
  document.addEventListener("htmx:config:request", withToken)
  document.addEventListener("htmx:before:response", notTheSignInPage)
  document.addEventListener("htmx:response:error", refusalsAreNotContent)
}

function withToken({ detail }) {
  const token = document.querySelector('meta[name="csrf-token"]')?.content
  if (token && detail.ctx.request.method !== "GET") detail.ctx.request.headers["X-CSRFToken"] = token
}

// A session that ended answers with a redirect to the sign-in page; that belongs into the window, not into a panel.
function notTheSignInPage(event) {
  const { raw } = event.detail.ctx.response
  if (!raw.redirected || !/\/(sign-in|login)\b/.test(new URL(raw.url).pathname)) return
  event.preventDefault()
  location.reload()
}

// 409 and 422 are answers in the words of the form. Anything else that failed is told in a toast (feedback controller).
function refusalsAreNotContent({ detail }) {
  const { ctx } = detail
  if (![409, 422].includes(ctx.response.status) && !ctx.hx?.reswap) ctx.swap = "none"
}
