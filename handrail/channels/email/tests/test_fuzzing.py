"""R-022: mutated mails never raise anything but a refusal, and what is read of them can be stored."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.channels.email.tests.fuzz_reading import must_be_read_or_refused, mutated

SEEDS = 200  # `make torture` and a night go on from here


@pytest.mark.parametrize("seed", range(SEEDS))
def test_R_022_a_mutated_mail_is_read_or_refused(seed):
    must_be_read_or_refused(mutated(random.Random(seed)))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_R_022_any_bytes_are_read_or_refused(raw):
    must_be_read_or_refused(raw)
    must_be_read_or_refused(b"From: a@x.example\nContent-Type: text/html\n\n" + raw)
    must_be_read_or_refused(b"Subject: " + raw)
    must_be_read_or_refused(b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n" + raw)
    must_be_read_or_refused(b"Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22\x00\x00" + raw)
