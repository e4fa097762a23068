// Runs in every page of a test before the page's own script, and tells when that page can be acted on: it is loaded
// with its controllers, each editor stands, no request of its own is under way, and it is not being left.
(() => {
    const LEFT_FOR_MS = 3_000 // a way that leads nowhere (a download) leaves the page where it was
    let left = -LEFT_FOR_MS
    const asked = new Map() // address → how many of our requests wait for its answer
    const swapped = new Set() // requests of htmx, until their answer stands in the page
    const fetched = window.fetch
    window.fetch = async (...what) => {
        const address = String(what[0]?.url ?? what[0])
        asked.set(address, (asked.get(address) ?? 0) + 1)
        try {
            return await fetched(...what)
        } finally {
            // Who asked has taken the answer by then.
            setTimeout(() => (asked.get(address) > 1 ? asked.set(address, asked.get(address) - 1) : asked.delete(address)))
        }
    }
    document.addEventListener("htmx:before:request", ({ detail }) => swapped.add(detail.ctx))
    document.addEventListener("htmx:finally:request", ({ detail }) => swapped.delete(detail.ctx))
    const isSwapping = ({ sourceElement, status }) => sourceElement.isConnected && ["issuing", "response received"].includes(status)
    window.navigation?.addEventListener("navigate", ({ destination, hashChange, downloadRequest }) => {
        if (!destination.sameDocument && !hashChange && downloadRequest === null) left = performance.now()
    })

    // Live streams, each with whether it has been greeted.
    const streams = new Map()
    const Stream = window.EventSource
    window.EventSource = class extends Stream {
        constructor(...what) {
            super(...what)
            streams.set(this, false)
            this.addEventListener("hello", () => streams.set(this, true))
        }
    }

    window.waitsFor = () => {
        if (document.readyState !== "complete") return "the page itself"
        if (performance.now() - left < LEFT_FOR_MS) return "the page that comes next"
        const raw = [...document.querySelectorAll("[data-controller~=editor]")].find((one) => !one.handrailEditor)
        if (raw) return "an editor"
        const [address] = [...asked.keys(), ...[...swapped].filter(isSwapping).map((ctx) => ctx.request.action)]
        return address ? `the answer of ${address}` : ""
    }
    window.hears = () => {
        const open = [...streams].filter(([stream]) => stream.readyState !== Stream.CLOSED)
        return open.length > 0 && open.every(([, greeted]) => greeted)
    }
})()
