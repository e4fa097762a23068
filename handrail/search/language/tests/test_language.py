"""Any text becomes a tree, or an error that names its word; a tree survives being written down."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.search.language import (
    Malformed,
    Not,
    Question,
    SortKey,
    Term,
    Value,
    Words,
    all_of,
    either_of,
    parse,
    text_of,
)


def term(field, *values, operator=":"):
    return Term(name=field, operator=operator, values=tuple(Value(text=each) for each in values))


def test_a_filter_reads_as_people_write_it():
    found = parse('status:open,waiting -tag:spam priority>=high (parcel OR "late delivery") sort:-waiting')

    assert found == Question(
        tree=all_of(
            [
                term("status", "open", "waiting"),
                Not(term("tag", "spam")),
                term("priority", "high", operator=">="),
                either_of([Words(text="parcel"), Words(text="late delivery", exact=True)]),
            ]
        ),
        sort=(SortKey(name="waiting", backwards=True),),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("created > 7d", "created>7d"),
        ("number=5", "number:5"),
        ("NOT tag:spam", "-tag:spam"),
        ("a AND b", "a b"),
        ("subject:“late parcel”", 'subject:"late parcel"'),
        ("late - parcel !", "late parcel"),
        ("((a))", "a"),
    ],
)
def test_several_ways_of_writing_mean_the_same(one, other):
    assert parse(one) == parse(other)


@pytest.mark.parametrize(
    "text", ["https://harbour.example/x", "Vera <vera@nordlys.example>", "10:30", "late-", "c++"]
)
def test_words_with_odd_signs_stay_words(text):
    assert all(isinstance(part, Words) for part in parse(text).conjuncts)


def test_a_range_may_be_open_at_one_side():
    found = [parse(f"created:{text}").tree for text in ("2026-11-01..2026-11-05", "7d..", "..7d")]

    values = [Value(low="2026-11-01", high="2026-11-05"), Value(low="7d"), Value(high="7d")]
    assert found == [Term(name="created", operator=":", values=(each,)) for each in values]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("status:", "status:"),
        ("a (b OR c", "("),
        ("a b)", ")"),
        ('late "parcel', '"'),
        ("() a", "()"),
        ("a OR", "OR"),
        ("OR a", "OR"),
        ("AND a", "AND"),
        ("a AND", "AND"),
        ("a AND OR b", "AND"),
        ("tag:x NOT", "NOT"),
        ("created:..", ".."),
        ("number>1,2", "number>"),
        ("(a sort:waiting)", "sort:"),
        ("tag:a..b..c", ".."),
        ('tag:"a"b', "b"),
        ("tag:a, b", "tag:"),
    ],
)
def test_an_error_names_the_wrong_word(text, wrong):
    with pytest.raises(Malformed) as refused:
        parse(text)

    assert text[refused.value.start : refused.value.end] == wrong
    assert refused.value.said


@pytest.mark.parametrize(
    "text", ["a" * 1001, "(" * 20 + "a" + ")" * 20, "a " * 61, "-" * 40 + "a", f"number:{'1,' * 60}1"]
)
def test_S_075_what_is_too_long_or_too_deep_is_refused(text):
    with pytest.raises(Malformed):
        parse(text)


LETTERS = st.text(string.ascii_lowercase + "äß0159", min_size=1, max_size=8)
WORDS = LETTERS.map(lambda text: Words(text=text)) | st.text(min_size=1, max_size=12).filter(
    lambda text: any(each.isalnum() for each in text) and text.isprintable()
).map(lambda text: Words(text=text, exact=True))
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=10)
VALUES = TEXTS.map(lambda text: Value(text=text)) | st.tuples(TEXTS, TEXTS | st.none()).map(
    lambda pair: Value(low=pair[0], high=pair[1])
)
FIELDS = st.sampled_from(["status", "tag", "field.size", "waiting-since", "größe"])
TERMS = st.builds(
    lambda field, values: Term(name=field, operator=":", values=tuple(values)),
    FIELDS,
    st.lists(VALUES, min_size=1, max_size=3),
) | st.builds(
    lambda field, operator, text: term(field, text, operator=operator),
    FIELDS,
    st.sampled_from([">", ">=", "<", "<="]),
    LETTERS,
)
TREES = st.recursive(
    WORDS | TERMS,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=2, max_size=3).map(all_of)
        | st.lists(inner, min_size=2, max_size=3).map(either_of)
    ),
    max_leaves=8,
)
SORTS = st.lists(st.builds(SortKey, name=LETTERS, backwards=st.booleans()), max_size=2).map(tuple)


@settings(max_examples=300, deadline=None)
@given(st.builds(lambda tree, sort: Question(tree=tree, sort=sort), TREES, SORTS))
def test_a_tree_that_is_written_and_read_again_is_the_same_tree(question):
    assert parse(text_of(question)) == question


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60) | st.text('ab:()"“-.,<>= ORANDT\\', max_size=40))
def test_S_075_any_text_is_a_question_or_an_error_within_the_text(text):
    question, place = outcome(text)

    assert (0 <= place[0] <= place[1] <= len(text)) if place else (parse(text_of(question)) == question)


def outcome(text):
    try:
        return parse(text), None
    except Malformed as refused:
        return None, (refused.start, refused.end)


@pytest.mark.parametrize("text", ["a< =", "a< =0", "a:=", "a>= <b", 'a:":b"'])
def test_a_value_that_begins_like_an_operator_is_written_in_quotation_marks(text):
    question = parse(text)

    assert parse(text_of(question)) == question
