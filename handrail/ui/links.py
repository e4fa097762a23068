"""Addresses in templates, without paying for Django's reversal once per row."""

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named route; remembered, because pages ask for the same ones again and again.

    Where numbers and UUIDs differ from page to page, what is remembered is the form of the address.
    """
    here = get_urlconf(), get_script_prefix(), name
    if kwargs and not args and all(type(value) in _PLAIN for value in kwargs.values()):
        return _form(*here, tuple((key, type(value)) for key, value in kwargs.items())) % kwargs
    return _reverse(*here, args, tuple(sorted(kwargs.items())))


def links(name: str, key: str) -> Callable[[object], str]:
    """A maker of addresses that differ in one argument only, for lists.

    `{% set to = links("tickets:show", "number") %}` before the loop, `{{ to(row.number) }}` in it.
    The argument must need no quoting: a number, a UUID or a slug.
    """
    head, tail = _split(get_urlconf(), get_script_prefix(), name, key)
    return lambda argument: f"{head}{argument}{tail}"


def static_url(path: str) -> str:
    return static(path)


#: What an address holds without quoting, and so many stand-ins for each as a route ever takes.
_PLAIN: dict[type, Callable[[int], object]] = {
    int: lambda place: 90071992547400 + place,
    UUID: lambda place: UUID(f"00000000-0000-7000-8000-00900719925{place}"),
}


@lru_cache(maxsize=1_000)
def _form(urlconf: str | None, _prefix: str, name: str, keys: tuple[tuple[str, type], ...]) -> str:
    """The address with a place for each argument: `/tickets/%(number)s`."""
    stand_ins = {key: _PLAIN[kind](place) for place, (key, kind) in enumerate(keys)}
    form = reverse(name, urlconf=urlconf, kwargs=stand_ins).replace("%", "%%")
    for key, stand_in in stand_ins.items():
        form = form.replace(str(stand_in), f"%({key})s")
    return form


@lru_cache(maxsize=10_000)
def _reverse(
    urlconf: str | None,
    _prefix: str,
    name: str,
    args: tuple[object, ...],
    kwargs: tuple[tuple[str, object], ...],
) -> str:
    return reverse(name, urlconf=urlconf, args=args or None, kwargs=dict(kwargs) or None)


@lru_cache(maxsize=1_000)
def _split(urlconf: str | None, prefix: str, name: str, key: str) -> tuple[str, str]:
    for kind in _PLAIN:  # a number suits slugs as well
        try:
            form = _form(urlconf, prefix, name, ((key, kind),))
        except NoReverseMatch:
            continue
        head, found, tail = form.partition(f"%({key})s")
        if found:
            return head.replace("%%", "%"), tail.replace("%%", "%")
    raise NoReverseMatch(
        f"'{name}' has no route with the single argument '{key}' that is a number, a slug or a UUID."
    )
