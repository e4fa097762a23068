"""How a setting from the environment is declared: a default, a reader and one sentence; typed when read."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message says what to write instead."""


class Setting(Generic[T]):
    """One declared setting: `PORT = Setting(8000, whole_number(1, 65535), "…")` inside an EnvironmentBase.

    default: the value, or a function of the environment for a default that depends on other settings.
    reads: turns the text of the environment into a value; raises ValueError("a whole number …").
    shown: how the default is written in the documentation, when it is computed.
    secret: a message about it never repeats what was written.
    """

    name = ""

    def __init__(
        self,
        default: T | Callable[[Any], T],
        reads: Callable[[str], T],
        sentence: str,
        *,
        shown: str = "",
        secret: bool = False,
    ) -> None:
        self.default, self.reads, self.sentence = default, reads, sentence
        self.shown, self.secret = shown, secret

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, environment: None, owner: type) -> Self: ...
    @overload
    def __get__(self, environment: "EnvironmentBase", owner: type) -> T: ...
    def __get__(self, environment: "EnvironmentBase | None", owner: type) -> Self | T:
        if environment is None:
            return self
        if self.name not in environment.known:
            environment.known[self.name] = self.value_in(environment)
        known: T = environment.known[self.name]
        return known

    def value_in(self, environment: "EnvironmentBase") -> T:
        written = environment.written.get(self.name, "").strip()
        if written:
            return self.read(written)
        return self.default(environment) if callable(self.default) else self.default

    def read(self, written: str) -> T:
        try:
            return self.reads(written)
        except ValueError as wrong:
            hint = f" (or leave it out for {self.default_text})" if self.default_text else ""
            said = "cannot be used" if self.secret else f"is “{written}”"
            raise BadSetting(f"{self.name} {said}: write {wrong}{hint}.") from None

    @property
    def default_text(self) -> str:
        if self.shown or callable(self.default):
            return self.shown
        if isinstance(self.default, bool):
            return "yes" if self.default else "no"
        if isinstance(self.default, tuple):
            return ", ".join(self.default)
        return str(self.default)


@dataclass(frozen=True)
class EnvironmentBase:
    """The settings of one process: read once, the same until it ends."""

    written: Mapping[str, str]
    known: dict[str, Any]

    @classmethod
    def read(cls, written: Mapping[str, str] = os.environ) -> Self:
        """Reads and checks every written setting; raises BadSetting for the first that makes no sense."""
        environment = cls(written=written, known={})
        for setting in cls.declared():
            if written.get(setting.name, "").strip():
                getattr(environment, setting.name)
        return environment

    @classmethod
    def declared(cls) -> "Iterator[Setting[Any]]":
        return (setting for setting in vars(cls).values() if isinstance(setting, Setting))


def text(written: str) -> str:
    return written


def words(written: str) -> tuple[str, ...]:
    """Words parted by commas or spaces."""
    return tuple(written.replace(",", " ").split())


def networks(written: str) -> tuple[str, ...]:
    """Networks such as 10.0.0.0/8, parted by commas or blanks."""
    found = words(written)
    try:
        return tuple(str(ip_network(each, strict=False)) for each in found)
    except ValueError:
        raise ValueError("networks such as 10.0.0.0/8, parted by commas") from None


def name_and_secret(written: str) -> str:
    name, colon, secret = written.partition(":")
    if name and colon and secret:
        return written
    raise ValueError("a name and a secret with a colon between them")


def folder(written: str) -> Path:
    return Path(written).expanduser().absolute()


def yes_or_no(written: str) -> bool:
    if written.lower() in ("1", "yes", "true", "on"):
        return True
    if written.lower() in ("0", "no", "false", "off"):
        return False
    raise ValueError("yes or no")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def reads(written: str) -> int:
        if written.isascii() and written.isdigit() and least <= int(written) <= most:
            return int(written)
        raise ValueError(f"a whole number from {least} to {most}")

    return reads


def one_of(*choices: str) -> Callable[[str], str]:
    def reads(written: str) -> str:
        if written.lower() in choices:
            return written.lower()
        raise ValueError(f"one of {', '.join(choices)}")

    return reads


def address(*schemes: str) -> Callable[[str], str]:
    """An URL with one of these schemes; a slash at its end is dropped."""

    def reads(written: str) -> str:
        scheme, mark, rest = written.partition("://")
        if scheme in schemes and mark and rest:
            return written.rstrip("/")
        raise ValueError(f"an address that starts with {' or '.join(f'{scheme}://' for scheme in schemes)}")

    return reads
