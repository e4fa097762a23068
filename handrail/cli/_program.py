"""Finds the commands, understands the command line, runs one, and turns what fails into one sentence."""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import handrail.cli
from handrail.cli._complaint import Complaint
from handrail.kit.environment import BadSetting


def run_program(arguments: Sequence[str]) -> int:
    try:
        code = run_command(arguments)
        sys.stdout.flush()  # here, where its failure can be answered
        return code
    except BadSetting as wrong:
        return fail(wrong, code=2)
    except Complaint as complaint:
        return fail(complaint, code=1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def run_command(arguments: Sequence[str]) -> int:
    parser = build_parser()
    options = parser.parse_args(arguments)
    if "run" not in options:
        parser.print_help()
        return 2
    from handrail.kit.postgres import DatabaseProblem  # slow import: `handrail --help` needs none of it
    from handrail.kit.supervision import AlreadyUp, PortProblem

    try:
        return int(options.run(options) or 0)
    except (DatabaseProblem, AlreadyUp, PortProblem) as problem:
        return fail(problem, code=1)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="handrail",
        description="Handrail, the support operations platform.",
        epilog="`handrail COMMAND --help` tells more. Settings are in the environment: `handrail settings`.",
    )
    parser.add_argument("--version", action="version", version=f"Handrail {handrail.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in command_modules():
        add_command(commands, module)
    return parser


def command_modules() -> list[ModuleType]:
    found = [entry.name for entry in pkgutil.iter_modules(handrail.cli.__path__)]
    names = sorted(name for name in found if not name.startswith("_") and name != "tests")
    return [importlib.import_module(f"handrail.cli.{name}") for name in names]


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", module: ModuleType) -> None:
    about = (module.__doc__ or "").strip()
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    in_the_list: dict[str, Any] = {"help": about.partition("\n")[0].rstrip(".")}
    if getattr(module, "HIDDEN", False):
        in_the_list = {}
    layout = argparse.RawDescriptionHelpFormatter
    parser = commands.add_parser(name, description=about, formatter_class=layout, **in_the_list)
    if hasattr(module, "arguments"):
        module.arguments(parser)
    parser.set_defaults(run=module.run)


def fail(problem: Exception, *, code: int) -> int:
    print(f"handrail: {problem}", file=sys.stderr)
    return code
