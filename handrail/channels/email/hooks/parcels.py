"""The body of a call, read within bounds, and what is found in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest

from handrail.channels.email import limits

#: A mail as JSON or as a form is larger than its bytes by a third, and some.
BODY_BYTES = limits.MAIL_BYTES * 3 // 2
FIELDS = 1_000


class TooLarge(Exception):
    """The body is larger than any mail we read."""


class Malformed(Exception):
    """The body is not what this provider sends."""


class Elsewhere(Exception):
    """What belongs to the call lies at the provider and cannot be had now; the words say why."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A mail. key: the provider's own name for it, or a hash: the same call again has the same.

    trouble: why only its head is here, for the quarantine.
    """

    raw: bytes
    key: str
    trouble: str = ""
    envelope_from: str = ""
    envelope_to: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What became of a mail of ours for one recipient. kind: as `deliveries` names it.

    message_id: of the mail as we sent it, where the provider repeats it. lasting: of a bounce, whether the
    address will never work.
    """

    message_id: str
    recipient: str
    kind: str
    detail: str = ""
    lasting: bool = True


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """All that one call said."""

    mails: tuple[Incoming, ...] = ()
    reports: tuple[Reported, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call as it came: nothing of it is believed yet. address: the full address that was called.

    api_key: with which the provider can be asked for what it left out; given once the call is proven.
    """

    address: str
    headers: Mapping[str, str]
    content_type: str
    body: bytes = field(repr=False)
    api_key: str = field(default="", repr=False)

    @classmethod
    def of(cls, request: HttpRequest, *, address: str) -> "Call":
        """Raises TooLarge."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > BODY_BYTES:
            raise TooLarge
        body = request.read(BODY_BYTES + 1)
        if len(body) > BODY_BYTES:
            raise TooLarge
        kind = request.META.get("CONTENT_TYPE", "")
        return cls(address=address, headers=request.headers, content_type=kind, body=body)

    @property
    def is_json(self) -> bool:
        return self.content_type.partition(";")[0].strip().lower() == "application/json"

    @cached_property
    def told(self) -> Any:
        """The JSON. Raises Malformed."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Malformed from error

    @cached_property
    def form(self) -> dict[str, bytes]:
        """The fields of a form, of each name the last. Raises Malformed."""
        kind = self.content_type.partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            return _multipart(self.content_type, self.body)
        try:
            pairs = parse_qsl(self.body, keep_blank_values=True, max_num_fields=FIELDS)
        except ValueError as error:
            raise Malformed from error
        return {name.decode("utf-8", "replace"): value for name, value in pairs}

    def text(self, name: str) -> str:
        return self.form.get(name, b"").decode("utf-8", "replace")


def _multipart(content_type: str, body: bytes) -> dict[str, bytes]:
    """Ours, for Django's bounds a form's fields to less than a mail has."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=policy.compat32).parsebytes(head + body)
    parts = message.get_payload() if message.is_multipart() else []
    if not parts or len(parts) > FIELDS:
        raise Malformed
    found = {}
    for part in parts:
        name = part.get_param("name", header="content-disposition")  # type: ignore[union-attr]
        if isinstance(name, str):
            payload = part.get_payload(decode=True)  # type: ignore[union-attr]
            found[name] = payload if isinstance(payload, bytes) else b""
    return found
