"""List the settings that the environment may hold, with their defaults.

Values are shown as they are now; secrets are not.
"""

import argparse
import os

from handrail.kit.environment import Setting
from handrail.kit.settings import Environment, environment


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--markdown", action="store_true", help="print docs/reference/settings.md")


def run(options: argparse.Namespace) -> None:
    print(markdown() if options.markdown else table(), end="")


def table() -> str:
    return "".join(f"{setting.name:<26}{shown(setting)}\n" for setting in Environment.declared())


def shown(setting: Setting[object]) -> str:
    is_set = bool(os.environ.get(setting.name, "").strip())
    if setting.secret:
        return "(set, not shown)" if is_set else f"({setting.default_text or 'empty'})"
    value = getattr(environment, setting.name)
    text = " ".join(value) if isinstance(value, tuple) else str(value)
    return f"{text or '(empty)'}{'' if is_set else '   (default)'}"


def markdown() -> str:
    """The reference page; a test keeps the file the same as this."""
    rows = [
        f"| `{setting.name}` | {default(setting)} | {setting.sentence} |\n"
        for setting in Environment.declared()
    ]
    return HEAD + "".join(rows) + FOOT


def default(setting: Setting[object]) -> str:
    text = setting.default_text
    return text if not text or "`" in text else f"`{text}`"


HEAD = """\
# Settings

Handrail reads its settings from the environment, once, when a process starts. All are optional. A value that
cannot be used stops the start with one sentence that says what to write instead. `handrail settings` prints
them as they are now. *This page is made by `make reference` from `handrail/kit/settings.py`.*

| setting | default | what it is |
| --- | --- | --- |
"""
FOOT = """
Everything else (mailboxes, colleagues, rules, looks) is set in the desk itself and kept in the database.
"""
