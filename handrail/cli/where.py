"""Name the view, the templates and the tests behind an address of the desk, such as /tickets/42/closure."""

import argparse
import inspect
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from handrail.cli._complaint import Complaint
from handrail.cli._database import prepare_django

ROOT = Path(__file__).resolve().parents[2]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", help="a path or a whole address")


def run(options: argparse.Namespace) -> None:
    prepare_django()
    path = urlsplit(options.url).path or "/"
    match = resolved(path)
    view = getattr(match.func, "view_class", inspect.unwrap(match.func))
    file = Path(inspect.getsourcefile(view) or "")
    print(f"view       {place(file)}:{inspect.getsourcelines(view)[1]}  {view.__qualname__}")
    print(f"name       {match.view_name or '(none)'}")
    show("templates", templates_of(file))
    show("tests", tests_of(file))


def resolved(path: str) -> Any:
    from django.urls import Resolver404, resolve  # app ready

    try:
        return resolve(path)
    except Resolver404:
        raise Complaint(f"No view answers {path}: look at the urls.py of the room you mean.") from None


def show(what: str, files: list[Path]) -> None:
    for number, file in enumerate(files):
        print(f"{what if number == 0 else '':<11}{place(file)}")
    if not files:
        print(f"{what:<11}(none)")


def place(file: Path) -> Path:
    return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file


def templates_of(file: Path) -> list[Path]:
    """The folder named like the view's module, and whatever the module names itself."""
    room = room_of(file)
    folder = room / "templates"
    own = sorted(folder.glob(f"*/{file.stem}/*.html")) if room != file.parent else []
    named = re.findall(r"[\"']([\w./-]+\.html)[\"']", file.read_text())
    found = [
        path for name in named for path in sorted(ROOT.glob(f"handrail/**/templates/**/{name.lstrip('/')}"))
    ]
    return list(dict.fromkeys([*own, *found]))


def tests_of(file: Path) -> list[Path]:
    """By name, as tests/test_closure.py for views/closure.py; else those of the room that name the module."""
    room = room_of(file)
    by_name = sorted(room.glob(f"tests/**/test_{file.stem}*.py"))
    return by_name or [test for test in sorted(room.glob("tests/**/test_*.py")) if mentions(test, file.stem)]


def mentions(test: Path, name: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", test.read_text()) is not None


def room_of(file: Path) -> Path:
    """The nearest folder above that has an apps.py."""
    return next((folder for folder in file.parents if (folder / "apps.py").exists()), file.parent)
