"""Measure how fast this machine is: prints figures as JSON, beside a description of the machine.

Each WHAT is measured on a database of its own, which is removed afterwards; nothing of the desk is touched.
But `load` fills the configured database, and `desk` measures and uses what `load` made.
"""

import argparse
import importlib
import json
import pkgutil
from types import ModuleType

from handrail.cli.bench._machine import machine


def arguments(parser: argparse.ArgumentParser) -> None:
    measures = parser.add_subparsers(title="what to measure", metavar="WHAT", required=True)
    for module in measure_modules():
        about = (module.__doc__ or "").strip()
        name = module.__name__.rpartition(".")[2].replace("_", "-")
        layout = argparse.RawDescriptionHelpFormatter
        headline = about.partition("\n")[0].rstrip(".")
        part = measures.add_parser(name, description=about, help=headline, formatter_class=layout)
        part.add_argument("--json", action="store_true", help="the figures are printed as JSON in any case")
        module.arguments(part)
        part.set_defaults(measure=module.measure, what=name)


def run(options: argparse.Namespace) -> None:
    figures = options.measure(options)
    print(json.dumps({"bench": options.what, "machine": machine(), **figures}, indent=2))


def measure_modules() -> list[ModuleType]:
    names = sorted(entry.name for entry in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names if not name.startswith("_")]
