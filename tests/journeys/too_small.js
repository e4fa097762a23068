// Evaluated in a page by looking.py: what is pressed, and how high and wide the place for it is. Rows that are not
// drawn yet, since they are far from the window, have no measures; those in it are alike.
({ high, wide, exempt }) => {
    const ALL = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=textbox]"
    const grown = (one, part, side) => {
        const style = getComputedStyle(one, part)
        if (getComputedStyle(one).overflow !== "visible") return 0
        return style.content !== "none" && style.position === "absolute" ? parseFloat(style[side]) || 0 : 0
    }
    const size = (one, side) => Math.max(one.getBoundingClientRect()[side], grown(one, "::before", side), grown(one, "::after", side))
    const found = new Set()
    for (const one of document.querySelectorAll(ALL)) {
        if (!one.checkVisibility({ checkVisibilityCSS: true, checkOpacity: false, contentVisibilityAuto: true }) || one.disabled) continue
        if (one.closest(exempt) || getComputedStyle(one).display === "inline") continue
        const pressed = one.closest("label") ?? one.labels?.[0]?.closest(".choice") ?? one
        if (pressed.getBoundingClientRect().width < 2) continue
        const [height, width] = [size(pressed, "height"), size(pressed, "width")]
        if (height + 0.5 >= high && width + 0.5 >= wide) continue
        const words = one.innerText || one.getAttribute("aria-label") || one.name || ""
        found.add(`${pressed.localName}.${pressed.className} ${Math.round(width)}×${Math.round(height)} “${words.trim().slice(0, 30)}”`)
    }
    return [...found]
}
