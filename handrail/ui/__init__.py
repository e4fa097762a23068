"""The design system: everything a person sees is drawn with what lies here; it knows nothing of support.

Nouns: layout (page, desk, panes, settings, sheet, portal, mail), component (a macro with its own CSS file),
controller (one behaviour in JavaScript), token (a colour, space or size named by its meaning), place (an
entry of the navigation), command (an entry of the command bar), look (theme, density, language, direction).
Rooms above register places and commands in their `apps.py` and extend the layouts; `docs/why/design.md` lists
all of it, and `/ui` shows every component in every state.
"""
