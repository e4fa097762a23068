"""What somebody writes in an article, checked."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand
from handrail.kit import html as markup
from handrail.knowledge import policies
from handrail.knowledge.models import Article, Audience, Sheet, State
from handrail.knowledge.models.article.writing import NOTICED_AT_ONCE
from handrail.team.models import Agent

#: No article says more, in characters.
LONGEST_TEXT = 100_000


class ArticleForm(forms.Form):
    """Everything a writer decides. version: the one that was open; who saves over a newer one is told."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("In the words a customer would use.")
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences: for whom it is, and what it helps with."),
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
    )
    body_html = forms.CharField(max_length=LONGEST_TEXT * 5, required=False, widget=forms.HiddenInput)
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices)
    brand = forms.ModelChoiceField(
        label=_("Brand"), queryset=Brand.objects.none(), required=False, empty_label=_("Every brand")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    category = forms.CharField(label=_("Category"), max_length=60, required=False)
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Agent.objects.none(), empty_label=None)
    review_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("From then on it is marked until somebody finds it true."),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agent: Agent, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["brand"].queryset = Brand.objects.filter(pk__in=agent.brand_ids).order_by("name")
        fields["owner"].queryset = Agent.objects.visible_to(agent).available().order_by("name")
        published = article is not None and article.state == State.PUBLISHED
        if published and not policies.may_publish(agent):
            for name in NOTICED_AT_ONCE:
                fields[name].disabled = True
                fields[name].help_text = _("Published: whoever may publish decides that.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        html = markup.strict(cleaned.get("body_html") or "")
        if not html and cleaned.get("body"):
            html = markup.strict(markup.paragraphs(cleaned["body"]))
        if not html and "body" not in self.errors:
            self.add_error("body", _("Write something first."))
        cleaned["body_html"] = html
        cleaned["body"] = markup.text_of_written(html) if html else ""
        return cleaned

    def sheet(self) -> Sheet:
        """What was written, for Article.make and write."""
        given = self.cleaned_data
        names = ("title", "summary", "audience", "brand", "language", "category", "owner", "review_on")
        return Sheet(html=given["body_html"], **{name: given[name] for name in names})

    @classmethod
    def of(cls, article: Article) -> dict[str, Any]:
        """An article as initial values."""
        names = ("title", "summary", "audience", "brand", "language", "category", "owner", "review_on")
        plain = {name: getattr(article, name) for name in (*names, "version")}
        return {**plain, "body": article.text, "body_html": article.html}


class VersionForm(forms.Form):
    """The version that somebody saw when they pressed."""

    version = forms.IntegerField(min_value=1)


class VerificationForm(VersionForm):
    """For how many months it is likely to stay true."""

    months = forms.TypedChoiceField(choices=[(n, str(n)) for n in (1, 3, 6, 12)], coerce=int)
