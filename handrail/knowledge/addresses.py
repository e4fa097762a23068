"""Where an article stands: whole addresses, as mails carry them."""

from django.conf import settings
from django.urls import reverse

from handrail.knowledge.models import Article


def at_help(article: Article) -> str:
    """At the help centre, with its published title."""
    return f"{settings.BASE_URL}{path_at_help(article)}"


def path_at_help(article: Article) -> str:
    """The same without the host."""
    if not article.slug:
        return reverse("portal:bare-article", kwargs={"number": article.number})
    return reverse("portal:article", kwargs={"number": article.number, "slug": article.slug})


def at_the_desk(article: Article) -> str:
    """For colleagues; it tells nothing but a number."""
    return f"{settings.BASE_URL}{reverse('knowledge:article', kwargs={'number': article.number})}"
