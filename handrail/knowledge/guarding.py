"""Before words leave the house: do they hold what only colleagues may read?"""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from handrail.kit import html as markup
from handrail.knowledge.models import Article
from handrail.knowledge.passages import restricted_in

#: What follows our own address where it is that of an article, at the desk or at the help centre.
_ARTICLE = r"(?:/help)?/articles/(\d{1,9})(?!\d)"


def why_not(text: str, html: str) -> str:
    """Why these words must not leave, in words for their writer; empty when they may.

    They must not when eight words in a row stand in an article for colleagues alone and in none that others
    may read, or when they name the address of an article that nobody outside may read.
    """
    said = f"{text}\n{markup.text_of_written(markup.strict(html))}" if html else text
    if run := restricted_in(said):
        return _(
            "Only colleagues may read the article that holds “%(words)s”. Take that out, or add it as a note."
        ) % {"words": run}
    if number := _hidden_in(f"{text}\n{html}"):
        return _("It links to article %(number)s, which nobody outside may read. Take the link out.") % {
            "number": number
        }
    return ""


def _hidden_in(said: str) -> int | None:
    """The number of an article in it that is not for readers outside."""
    if "/articles/" not in said:
        return None
    numbers = {int(found) for found in re.findall(re.escape(settings.BASE_URL) + _ARTICLE, said)}
    named = Article.objects.filter(number__in=numbers).order_by("number")
    return next((article.number for article in named if not article.is_outside), None)
