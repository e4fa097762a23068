// Evaluated in a page by looking.py while the command bar is open: what does something and has no entry there.
({ exempt }) => {
    const entries = [...document.querySelectorAll("#command-bar .command")]
    const stood = new Set(entries.map((one) => one.handrailStandsFor))
    const told = (one) => `${one.localName}.${one.className} “${(one.innerText || one.ariaLabel || "").trim().slice(0, 40)}”`
    const ALL = "button, input[type=submit], input[type=button], a.button, [role^=menuitem], [data-hotkey], [data-command]"
    const found = entries.filter((one) => !one.innerText && !one.textContent.trim()).map((one) => `nameless: ${told(one)}`)
    for (const one of document.querySelectorAll(ALL)) {
        const shown = one.closest("[popover]") || one.checkVisibility()
        if (!shown || one.disabled || one.closest("[hidden]") || one.matches(exempt)) continue
        if (!stood.has(one)) found.push(told(one))
    }
    for (const popover of document.querySelectorAll("[popover]:not(.rail *)")) {
        const opener = document.querySelector(`[popovertarget="${popover.id}"]`)
        if (opener && !opener.closest("[hidden], dialog") && opener.checkVisibility() && !stood.has(opener)) found.push(`opener: ${told(opener)}`)
    }
    return [...new Set(found)]
}
