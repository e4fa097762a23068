"""The one language in which tickets (and later other things) are filtered, searched and viewed.

It knows no nouns: a noun gives it a `Vocabulary`, and gets a tree, a condition of the database, or
`Malformed`, which names the wrong word.
"""

from handrail.search.language.completing import Proposal, proposals
from handrail.search.language.errors import Malformed
from handrail.search.language.parsing import parse
from handrail.search.language.tree import (
    All,
    Either,
    Node,
    Not,
    Question,
    SortKey,
    Term,
    Value,
    Words,
    all_of,
    either_of,
)
from handrail.search.language.vocabulary import Choice, Field, Vocabulary, either, refuse, vocabulary_of
from handrail.search.language.writing import quoted, text_of, value_text

__all__ = [
    "All",
    "Choice",
    "Either",
    "Field",
    "Malformed",
    "Node",
    "Not",
    "Proposal",
    "Question",
    "SortKey",
    "Term",
    "Value",
    "Vocabulary",
    "Words",
    "all_of",
    "either",
    "either_of",
    "parse",
    "proposals",
    "quoted",
    "refuse",
    "text_of",
    "value_text",
    "vocabulary_of",
]
