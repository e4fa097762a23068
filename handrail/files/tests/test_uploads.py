"""The wall behind the forms: S-050, a flood of bytes is refused before it lies on the disk."""

import io
from typing import Any

from django.test import Client

from handrail.files import uploads


class NeverRead(io.BytesIO):
    """A body that must not be touched."""

    def read(self, *_size: Any) -> bytes:
        raise AssertionError("the body was read")


def test_S_050_a_body_beyond_the_wall_is_refused_unread(db):
    told: Any = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(uploads.REQUEST_LIMIT + 1),
        "wsgi.input": NeverRead(),
    }

    answer = Client().generic("POST", "/help/sign-in", **told)

    assert answer.status_code == 400


def test_a_file_below_the_wall_arrives_whole(db, monkeypatch):
    monkeypatch.setattr(uploads, "REQUEST_LIMIT", 10_000)

    answer = Client().post("/help/sign-in", {"email": "nobody@", "file": io.BytesIO(b"x" * 5_000)})

    assert answer.status_code == 422
