"""What the index finds, for whom, and how soon common words are enough."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from handrail.search import indexing, queries, vocabulary
from handrail.search.indexing import Text
from handrail.search.models import Spelling, Word
from handrail.search.queries import Sight, owners_matching

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HARBOUR, NORDLYS = UUID(int=1), UUID(int=2)

pytestmark = pytest.mark.django_db


def put(body, *, scope=HARBOUR, days_ago=0, title="", key=None):
    text = Text(
        kind="message",
        key=key or uuid4(),
        owner=uuid4(),
        scope=scope,
        at=NOON - timedelta(days=days_ago),
        title=title,
        body=body,
    )
    indexing.put([text])
    return text


def find(words, **narrowed):
    return owners_matching(words, kinds=["message"], at=NOON, **narrowed)


@pytest.mark.parametrize("words", ["parcel", "PARCEL lost", "lost par", "parcel  ", "die größe"])
def test_all_words_are_looked_for_and_the_last_may_be_unfinished(words):
    text = put("The parcel was lost. Die Größe stimmt.")
    put("A letter came.")

    assert find(words) == [text.owner]


def test_a_blank_behind_the_last_word_says_that_it_is_whole():
    put("The parcels came.")

    assert find("parcel") != []
    assert find("parcel ") == []


def test_an_unfinished_word_finds_counted_texts_and_those_that_came_since():
    counted = put("delivery tomorrow")
    vocabulary.count_all()
    later = put("a delivered box")

    assert set(find("deliv")) == {counted.owner, later.owner}


def test_texts_of_other_scopes_are_not_found():
    text = put("the parcel", scope=NORDLYS)

    assert find("parcel", sight=Sight(scopes=[NORDLYS])) == [text.owner]
    assert find("parcel", sight=Sight(scopes=[HARBOUR])) == []
    assert find("parcel", sight=Sight(scopes=[])) == []


def test_foreign_texts_crowd_nobodys_hits_out(monkeypatch):
    monkeypatch.setattr(queries, "RANKED_MATCHES", 3)
    mine = put("the parcel", days_ago=900)
    for _each in range(6):
        put("the parcel", scope=NORDLYS)

    assert find("parcel", sight=Sight(scopes=[HARBOUR])) == [mine.owner]


def test_common_words_are_looked_for_in_the_newest_days_only(monkeypatch):
    monkeypatch.setattr(queries, "FEW", 0)
    newer = [put("the parcel").owner, put("the parcel", days_ago=1).owner]
    older = put("the parcel", days_ago=900)
    vocabulary.count_all()

    assert set(find("parcel", limit=1)) <= set(newer)
    assert set(find("parcel", limit=20)) == {*newer, older.owner}


def test_better_matches_come_first():
    put("parcel")
    better = put("parcel", title="parcel")

    assert find("parcel")[0] == better.owner


@pytest.mark.parametrize(
    "words", ["'", "parcel'", "a & | !", "~s000000000002", "<->", ":*", "\\", "x" * 5000]
)
def test_no_input_is_an_error_or_reaches_a_mark(words):
    put("nothing of it", scope=NORDLYS)

    assert find(words, sight=Sight(scopes=[HARBOUR])) == []


def test_words_are_counted_once_and_forgotten_with_their_last_text():
    first, second = put("secretword parcel"), put("parcel")
    vocabulary.count_all()
    assert Word.objects.get(word="parcel").documents == 2

    indexing.drop(kind="message", key=first.key)

    assert Word.objects.get(word="parcel").documents == 1
    assert not Word.objects.filter(word="secretword").exists()
    assert not Spelling.objects.filter(word="secretword").exists()
    assert find("secretword") == []
    assert find("parcel") == [second.owner]


def test_a_redacted_word_is_not_remembered():
    text = put("secretword parcel")
    vocabulary.count_all()

    put("parcel", key=text.key)
    vocabulary.count_all()

    assert not Word.objects.filter(word="secretword").exists()
    assert Word.objects.get(word="parcel").documents == 1


@pytest.mark.parametrize("slip", ["delivry", "deilvery", "deliverry", "dalivery"])
def test_a_slip_resembles_the_word_that_was_meant(slip):
    put("delivery")
    put("delivery")
    put("parcel")
    vocabulary.count_all()

    assert vocabulary.resembling([slip]) == {slip: ["delivery"]}


def test_short_words_and_numbers_resemble_nothing():
    put("box 44710 44711")
    put("box 44710 44711")
    vocabulary.count_all()

    assert vocabulary.resembling(["box", "bax", "44712"]) == {}


def test_texts_are_found_before_and_after_the_index_took_them_in():
    text = put("a canoe came")
    assert find("canoe ") == [text.owner]

    indexing.merge_new_texts()

    assert find("canoe ") == [text.owner]
