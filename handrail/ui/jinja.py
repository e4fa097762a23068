"""The Jinja2 environment of all our pages: strict, escaped, translated, and quick enough for long lists."""

from typing import Any

from django.utils import translation
from jinja2 import StrictUndefined

from handrail.ui import bundle, commands, figures, icons, kept, links, look, moments, names, navigation
from handrail.ui.folding import FoldingEnvironment


def environment(**options: Any) -> FoldingEnvironment:
    """The environment for Django's backend; `options` are those of the TEMPLATES setting."""
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "cache_size": 2000,
        "extensions": ["jinja2.ext.i18n", "jinja2.ext.do", *options.get("extensions", ())],
    }
    options["autoescape"] = _escapes
    env: Any = FoldingEnvironment(**options)
    env.policies["ext.i18n.trimmed"] = True
    _translate(env)
    env.globals.update(GLOBALS)
    env.filters.update(FILTERS)
    made: FoldingEnvironment = env
    return made


def _escapes(name: str | None) -> bool:
    """Everything is escaped but mails in plain text, which no browser ever reads."""
    return not (name or "").endswith(".txt")


def _translate(env: Any) -> None:
    env.install_gettext_callables(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )


GLOBALS: dict[str, Any] = {
    "url": links.url,
    "links": links.links,
    "static": links.static_url,
    "icon": icons.icon,
    "assets": bundle.tags,
    "asset": bundle.address,
    "look": look.look_of,
    "look_address": look.keeper_address,
    "places": navigation.places_for,
    "place_here": navigation.here,
    "commands": commands.commands_for,
    "command_search": commands.search_address,
    "now": moments.now,
    "kept": kept.kept,
}

FILTERS: dict[str, Any] = {
    "ago": moments.ago,
    "when": moments.when,
    "exact": moments.exact,
    "day": moments.day,
    "span": moments.span,
    "number": figures.number,
    "percent": figures.percent,
    "filesize": figures.filesize,
    "initials": names.initials,
}
