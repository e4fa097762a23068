"""The security audit: append-only, chained, and every break in it is found."""

import ast
import json
import logging

import pytest
from django.db import ProgrammingError, connection, transaction

from handrail.accounts import audit
from handrail.accounts.audit import Fault
from handrail.accounts.models import AuditEntry
from handrail.accounts.upkeep import audit_chain_is_whole
from handrail.accounts.words import DETAILS
from handrail.kit.logging import logging_settings
from tests.architecture.source import python
from tests.cast import NINE


@pytest.fixture
def five(nadia):
    """Five entries."""
    return [audit.record("password.changed", by=nadia.user, about=nadia.user, at=NINE, n=n) for n in range(5)]


def underneath(sql, *values):
    """Change the table as somebody who owns the database can: with the trigger out of the way."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER USER")


def test_an_entry_keeps_who_whom_and_what(nadia, ada):
    ada.user.from_address = "203.0.113.9"

    entry = audit.record("user.suspended", by=ada.user, about=nadia.user, at=NINE, reason="Left")

    kept = AuditEntry.objects.get(pk=entry.pk)
    assert (kept.actor, kept.subject, kept.address) == ("Ada Moreno", "Nadia Haddad", "203.0.113.9")
    assert kept.details == {"reason": "Left"}


def test_a_whole_chain_has_no_fault(five):
    assert list(audit.verify()) == []
    assert audit_chain_is_whole().is_fine


def test_of_a_long_chain_the_newest_entries_can_be_walked_alone(five):
    for newest in range(1, 7):
        assert list(audit.verify(newest=newest)) == []

    underneath("UPDATE accounts_auditentry SET actor = 'Somebody else' WHERE number = 2")

    assert [bool(list(audit.verify(newest=newest))) for newest in (3, 4, 5)] == [False, True, True]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(actor="Somebody else"),
        lambda rows: rows.delete(),
        lambda rows: rows.filter(number=3).update(details={}),
    ],
)
def test_S_107_the_application_cannot_change_or_remove_an_entry(five, change):
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        change(AuditEntry.objects.all())

    assert AuditEntry.objects.count() == 5


def test_S_107_the_application_cannot_empty_the_table(five):
    with (
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE accounts_auditentry")


CHANGES = [
    ("SET actor = 'Vera'", "altered"),
    ("SET at = at + interval '1s'", "altered"),
    ("SET details = '{}'", "altered"),
    ("SET address = '1.2.3.4'", "altered"),
    ("SET behind = 'Ada'", "altered"),
    ("SET key = 'deadbeef'", "unknown key"),
]
REMOVALS = [("number = 3", 3, "missing"), ("number = 1", 1, "missing"), ("number >= 4", 4, "cut off")]
REMOVALS += [("true", 1, "cut off")]


@pytest.mark.parametrize(("change", "what"), CHANGES)
def test_S_107_an_entry_that_was_altered_underneath_is_found(five, change, what):
    underneath(f"UPDATE accounts_auditentry {change} WHERE number = 3")

    assert next(audit.verify()) == Fault(number=3, what=what)
    assert not audit_chain_is_whole().is_fine


@pytest.mark.parametrize(("which", "number", "what"), REMOVALS)
def test_S_107_entries_that_were_removed_underneath_are_found(five, which, number, what):
    underneath(f"DELETE FROM accounts_auditentry WHERE {which}")  # noqa: S608  words of this file

    assert next(audit.verify()) == Fault(number=number, what=what)


def test_S_107_a_new_end_that_the_database_alone_made_is_found(five):
    """Without the secret key nobody can seal an entry, however well they copy the others."""
    underneath(
        "INSERT INTO accounts_auditentry (id, number, at, kind, actor, behind, subject, address, details,"
        " previous, key, digest)"
        " SELECT gen_random_uuid(), 6, at, kind, 'Vera', '', '', '', '{}', digest, key, md5('x')"
        " FROM accounts_auditentry WHERE number = 5"
    )

    assert Fault(number=6, what="altered") in list(audit.verify())


def test_S_107_the_chain_outlives_a_change_of_the_secret_key(five, nadia, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key, made long and random by the operator"

    audit.record("password.changed", by=nadia.user, about=nadia.user, at=NINE)

    assert list(audit.verify()) == []


def test_S_107_no_name_can_forge_a_line_of_the_log(capsys):
    logging_settings(level="info")
    hostile = 'Vera\r\n{"event": "sign-in.opened", "actor": "Ada"}\u2028x'

    logging.getLogger("handrail.test").warning("sign-in failed for %s", hostile)

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert hostile in json.loads(lines[0])["event"]


def test_entries_are_numbered_without_a_gap_even_when_one_is_taken_back(nadia):
    audit.record("password.changed", by=nadia.user, at=NINE)
    with transaction.atomic():
        audit.record("password.changed", by=nadia.user, at=NINE)
        transaction.set_rollback(True)

    audit.record("password.changed", by=nadia.user, at=NINE)

    assert list(AuditEntry.objects.values_list("number", flat=True)) == [1, 2]


def test_the_page_shows_entries_in_words_and_costs_the_same_for_one_and_for_fifty(
    ada, nadia, client_of, django_assert_num_queries
):
    browser = client_of(ada)
    audit.record("user.suspended", by=ada.user, about=nadia.user, at=NINE, reason="Left the company")
    page = browser.get("/settings/audit").content.decode()
    assert "suspended" in page
    assert "Left the company" in page

    with django_assert_num_queries(3):
        browser.get("/settings/audit")
    for _entry in range(60):
        audit.record("user.restored", by=ada.user, about=nadia.user, at=NINE)
    with django_assert_num_queries(3):
        browser.get("/settings/audit")


def test_the_page_checks_the_chain_when_asked(ada, client_of, five):
    browser = client_of(ada)

    page = browser.post("/settings/audit/check", follow=True).content.decode()
    assert "The chain is whole" in page

    underneath("UPDATE accounts_auditentry SET actor = 'Vera' WHERE number = 3")
    page = browser.post("/settings/audit/check", follow=True).content.decode()
    assert "broken at entry 3" in page


def test_every_kind_of_entry_that_is_written_has_words():
    """Read from our own source: the first argument of each call of `audit.record`."""
    written = {
        node.args[0].value
        for source in python()
        if not source.is_test
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "audit.record"
        and isinstance(node.args[0], ast.Constant)
    }

    assert len(written) > 20
    assert [kind for kind in map(str, written) if audit.words_for(kind) == kind] == []


def test_every_detail_that_is_written_has_words():
    """Read from our own source: the further arguments of each call of `audit.record`."""
    written = {
        argument.arg
        for source in python()
        if not source.is_test
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record"
        for argument in node.keywords
        if argument.arg
    } - {"by", "about", "at", "address"}

    assert len(written) > 10
    assert sorted(written - DETAILS.keys()) == []


def test_the_audit_is_told_in_the_readers_language(ada, client_of):
    audit.record("factor.added", by=ada.user, about=ada.user, at=NINE, factor="app")
    audit.record("role.edited", by=ada.user, at=NINE, requires_mfa=True, added=["tickets.reply"])
    ada.user.language = "de"
    ada.user.save()

    page = client_of(ada).get("/settings/audit").content.decode()

    assert "zweiter Faktor: Code aus einer App" in page
    assert "zweiter Faktor nötig: ja" in page
    assert "second factor" not in page
