"""Hostile html nobody wrote by hand: the corpus cut, nested, joined, encoded and spoiled, from a seed."""
# ruff: noqa: E501 - a shell is one idea

import html as standard
import random
from collections.abc import Callable

from handrail.kit.html.tests.payloads import ALL

#: Elements that change how what is in them is read; every way around a sanitiser went through one of them.
SHELLS = [
    "<svg>{}</svg>", "<math>{}</math>", "<svg><desc>{}</desc></svg>", "<svg><foreignObject>{}</foreignObject></svg>",
    "<svg><title>{}</title></svg>", "<svg><style>{}</style></svg>", "<math><mtext>{}</mtext></math>",
    "<math><annotation-xml encoding='text/html'>{}</annotation-xml></math>", "<math><mi><mglyph>{}</mglyph></mi></math>",
    "<math><mtext><table><mglyph><style>{}</style></mglyph></table></mtext></math>", "<style>{}</style>",
    "<title>{}</title>", "<textarea>{}</textarea>", "<xmp>{}</xmp>", "<noscript>{}</noscript>", "<noembed>{}</noembed>",
    "<noframes>{}</noframes>", "<iframe>{}</iframe>", "<plaintext>{}", "<template>{}</template>", "<select>{}</select>",
    "<table>{}</table>", "<form><form>{}</form>", "<!--{}-->", "<![CDATA[{}]]>", "<?xml {}?>", "<p title=\"{}\">x</p>",
    "<img alt='{}'>", "<a href=\"http://ok.example/{}\">x</a>", "<b><i>{}</b></i>", "<pre>\n{}</pre>",
]  # fmt: skip
#: Signs that tokenisers have stumbled over.
SIGNS = ["\x00", "\x0b", "\x0c", "\r", "\n", "\t", "/", ">", "<", "\"", "'", "`", "=", "&", ";", "--", "!", "\u2028", "\ufeff", "\u212a", "ſ", "&#0;", "&Tab;", "&NewLine;", "&#x3c;", "&lt;"]  # fmt: skip


def mutated(dice: random.Random) -> str:
    """One page: one to four changes to one or two pieces of the corpus."""
    page = dice.choice(ALL)
    for _ in range(dice.randint(1, 4)):
        page = dice.choice(CHANGES)(page, dice)
    return page


def _nested(page: str, dice: random.Random) -> str:
    return dice.choice(SHELLS).replace("{}", page)


def _spoiled(page: str, dice: random.Random) -> str:
    place = dice.randint(0, len(page))
    return page[:place] + dice.choice(SIGNS) + page[place:]


def _cut(page: str, dice: random.Random) -> str:
    first, second = sorted((dice.randint(0, len(page)), dice.randint(0, len(page))))
    return page[:first] + page[second:]


def _joined(page: str, dice: random.Random) -> str:
    other, place = dice.choice(ALL), dice.randint(0, len(page))
    return page[:place] + other + page[place:]


def _encoded(page: str, dice: random.Random) -> str:
    ways: list[Callable[[str], str]] = [
        standard.escape,
        lambda text: "".join(f"&#{ord(sign)};" for sign in text),
        lambda text: "".join(f"&#x{ord(sign):x}" for sign in text),
    ]
    place = dice.randint(0, len(page))
    end = min(len(page), place + dice.randint(1, 12))
    return page[:place] + dice.choice(ways)(page[place:end]) + page[end:]


def _other_case(page: str, dice: random.Random) -> str:
    return "".join(sign.swapcase() if dice.random() < 0.3 else sign for sign in page)


CHANGES = [_nested, _nested, _spoiled, _cut, _joined, _encoded, _other_case]
