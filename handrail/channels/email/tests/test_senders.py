"""Only what our own server stamped, where it stamps, says who sent a mail."""

import pytest

from handrail.channels.email import inbound
from handrail.channels.email.senders import state_of
from handrail.channels.email.tests.conftest import a_mail

OURS = {"mx.harbour.example"}
TRACE = "Received: from out.nordlys.example by mx.harbour.example; Mon, 16 Nov 2026 09:00:00 +0000\r\n"
FOREIGN = "Received: from laptop by out.nordlys.example; Mon, 16 Nov 2026 08:59:00 +0000\r\n"
PASS = "dmarc=pass header.from=nordlys.example"
FAIL = "dmarc=fail header.from=nordlys.example"


def _stamp(said: str, server: str = "mx.harbour.example") -> str:
    return f"Authentication-Results: {server}; {said}\r\n"


def _state(*lines: str, servers=OURS, **changes: str) -> str:
    return state_of(inbound.read("".join(lines).encode() + a_mail(**changes)), servers=servers).value


@pytest.mark.parametrize(
    "lines",
    [
        [TRACE, _stamp(PASS), FOREIGN],
        [_stamp(PASS), TRACE, FOREIGN],
        [
            TRACE,
            "Authentication-Results: mx.harbour.example;\r\n dmarc=pass\r\n\theader.from=nordlys.example\r\n",
        ],
        [TRACE, _stamp("spf=pass smtp.mailfrom=bounce@nordlys.example; dkim=none")],
        [TRACE, _stamp("dkim=pass (2048-bit key; good) header.d=nordlys.example header.s=k1")],
        [TRACE, _stamp("dkim=pass header.i=@nordlys.example"), FOREIGN],
        [_stamp(PASS, server="MX.Harbour.example 1")],
    ],
)
def test_S_039_what_our_server_stamped_verifies(lines):
    assert _state(*lines) == "verified"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [TRACE, FOREIGN],
        [FOREIGN, _stamp(PASS)],
        [TRACE, FOREIGN, _stamp(PASS)],
        [TRACE, _stamp(PASS, server="mx.harbour.example.evil.com")],
        [TRACE, _stamp(PASS, server="evil-mx.harbour.example")],
        [TRACE, _stamp(PASS, server="evil.mx.harbour.example")],
        [TRACE, _stamp(PASS, server="rnx.harbour.example")],
        [TRACE, _stamp(PASS, server="mx.harbour.exarnple")],
        [TRACE, _stamp("dmarc=none"), _stamp(PASS)],
        [TRACE, _stamp("dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=a@evil.example")],
        [TRACE, _stamp('spf=none smtp.mailfrom="a; dmarc=pass header.from=nordlys.example"@evil.example')],
        [TRACE, _stamp("spf=none (hello; dmarc=pass header.from=nordlys.example (x))")],
        [TRACE, _stamp("dmarc=pass header.from=evil.example")],
        [TRACE, _stamp("dkim=pass header.d=lys.example")],
        [TRACE, _stamp("none")],
    ],
)
def test_S_039_nothing_else_does(lines):
    assert _state(*lines) == "unverified"


@pytest.mark.parametrize(
    "lines",
    [
        [TRACE, _stamp(f"{FAIL}; dkim=pass header.d=nordlys.example")],
        [TRACE, _stamp("dkim=pass header.d=nordlys.example"), _stamp(FAIL)],
        [TRACE, _stamp(PASS), _stamp(FAIL)],
        [TRACE, _stamp('spf=none smtp.helo="(" ; dmarc=fail ")"')],
    ],
)
def test_S_039_a_failure_is_rescued_by_nothing(lines):
    assert _state(*lines) == "failed"


def test_S_039_without_a_name_of_our_server_nobody_is_verified():
    assert _state(TRACE, _stamp(PASS), servers=()) == "unverified"


def test_S_038_two_senders_are_none_that_is_verified():
    twice = "From: Mallory <mallory@nordlys.example>\r\n"

    assert _state(TRACE, _stamp(PASS), twice) == "unverified"


def test_S_040_mail_that_names_no_sender_is_not_verified_by_another_header():
    assert _state(TRACE, _stamp(PASS), **{"from": "", "reply_to": "vera@nordlys.example"}) == "unverified"


def test_a_machine_is_told_from_a_person():
    assert _state(TRACE, _stamp(PASS), auto_submitted="auto-generated") == "automated"
    assert _state(TRACE, _stamp(FAIL), auto_submitted="auto-generated") == "failed"
