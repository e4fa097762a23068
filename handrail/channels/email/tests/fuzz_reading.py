"""R-022 for a night: mutated mails are read or refused, never anything else, each within its five seconds.

`python -m handrail.channels.email.tests.fuzz_reading --mails 1000000` goes on where the suite stops. With
atheris installed the mutations are guided by what they reach (`--guided`). It prints what it did, and ends
with 1 at the first fault, whose mail it leaves in a file.
"""

import argparse
import contextlib
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from handrail.channels import Unreadable
from handrail.channels.email.inbound import read, to_inbound

PAYLOADS = [path.read_bytes() for path in sorted((Path(__file__).parent / "payloads").glob("*.eml"))]
SPICE = [
    b"\x00", b"\xff\xfe", b"\r", b"\n\n", b"--x\n", b"=?utf-8?B?", b"?=", b"(" * 60, b'"', b"<",
    b";charset=utf-16", b"Content-Transfer-Encoding: base64\n", b"=ED=A0=80", b"&#0;", b"<div>" * 200,
    b"boundary=", b"\xed\xa0\x80", b"BEGIN:VEVENT\n", b"DTSTART;TZID=\n:", b"RRULE:FREQ=SECONDLY\n",
    b"---------- Forwarded message ---------\n", b"From: ", b"application/ms-tnef", b"message/rfc822\n\n",
    b"Content-Type: application/pkcs7-mime; smime-type=signed-data\n", b"\x30\x80",
    b"FN;ENCODING=QUOTED-PRINTABLE:=",
]  # fmt: skip
CPU_SECONDS = 5


def mutated(chance: random.Random) -> bytes:
    """One of our mails with a few places changed."""
    raw = bytearray(chance.choice(PAYLOADS))
    for _ in range(chance.randint(1, 12)):
        place, step = chance.randrange(len(raw) + 1), chance.random()
        if step < 0.4:
            raw[place : place + chance.randint(0, 40)] = chance.choice(SPICE)
        elif step < 0.7:
            raw[place : place + 1] = bytes([chance.randrange(256)])
        else:
            other = chance.choice(PAYLOADS)
            raw[place:place] = other[chance.randrange(len(other)) :][: chance.randint(0, 300)]
    return bytes(raw)


def must_be_read_or_refused(raw: bytes) -> None:
    """Raises whatever is wrong: another exception, a text no database takes, or too much time."""
    began = time.process_time()
    try:
        inbound = to_inbound(read(raw))
    except Unreadable as refusal:
        assert refusal.reason  # noqa: PT017 - one of the two right answers
        assert refusal.words  # noqa: PT017
        return
    finally:
        assert time.process_time() - began < CPU_SECONDS
    told = [
        inbound.subject,
        inbound.text,
        inbound.html or "",
        inbound.reply_text,
        inbound.name,
        inbound.address,
    ]
    told += [*inbound.references, inbound.external_id, json.dumps(inbound.extras, ensure_ascii=False)]
    told += [words for pair in (*inbound.to, *inbound.cc) for words in pair]
    told += [each.name + each.type + (each.content_id or "") for each in inbound.files]
    for text in told:
        text.encode()
        assert "\x00" not in text
        assert "\\u0000" not in text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", action="store_true", help="let atheris choose the mutations")
    options = parser.parse_args()
    if options.guided:
        return _guided(options.mails)
    began = time.monotonic()
    for number in range(options.mails):
        raw = mutated(random.Random(options.seed * 1_000_003 + number))
        try:
            must_be_read_or_refused(raw)
        except Exception as fault:
            kept = Path(tempfile.gettempdir()) / f"fault-{options.seed}-{number}.eml"
            kept.write_bytes(raw)
            print(f"mail {number} of seed {options.seed}: {fault!r}; it is in {kept}")  # noqa: T201
            return 1
    took = time.monotonic() - began
    print(f"{options.mails} mutated mails of seed {options.seed} were read or refused in {took:.0f} s")  # noqa: T201
    return 0


def _guided(mails: int) -> int:
    import atheris  # optional: only a night of fuzzing needs it

    corpus = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for number, raw in enumerate(PAYLOADS):
        (corpus / str(number)).write_bytes(raw)
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], str(corpus), f"-runs={mails}", "-max_len=20000"], must_be_read_or_refused)
    with contextlib.suppress(SystemExit):
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
