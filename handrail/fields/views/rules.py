"""The rules of forms: which there are, and one of them; with `preview` it is only told what it would do."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.fields.field import Noun
from handrail.fields.foreseeing import foreseen
from handrail.fields.models import FormRule
from handrail.fields.queries import setup_of
from handrail.fields.rule_forms import LINES, RuleForm, Vocabulary
from handrail.kit import clock


class RulesView(PrivateView):
    """GET lists the rules of every noun."""

    right = "fields.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        groups = [(noun, [row for row in FormRule.objects.all() if row.noun == noun]) for noun in Noun]
        return self.page("fields/rules/list.html", groups=groups, nouns=Noun)


class EditedRuleView(PrivateView):
    """What a new rule and one that is there have in common."""

    right = "fields.manage"

    def judge(self, request: HttpRequest, form: RuleForm, noun: Noun) -> HttpResponse:
        """What the rule would do, as a fragment."""
        setup = setup_of(noun)
        told = foreseen(setup.live, setup.rules, form.rule) if form.is_valid() else []
        return self.page("fields/rules/_preview.html", told=told, form=form)

    def show(self, form: RuleForm, noun: Noun, row: FormRule | None, *, status: int = 200) -> HttpResponse:
        lines = [
            {name: form[f"{name}_{n}"] for name in ("about", "test", "values", "field", "deed", "choices")}
            for n in LINES
        ]
        return self.page(
            "fields/rules/edit.html", form=form, noun=noun, row=row, lines=lines, told=None, status=status
        )


class NewRuleView(EditedRuleView):
    """GET shows an empty rule of a noun, POST makes it."""

    def get(self, request: HttpRequest, noun: str) -> HttpResponse:
        return self.show(RuleForm(vocabulary=_vocabulary(noun)), Noun(noun), None)

    def post(self, request: HttpRequest, noun: str) -> HttpResponse:
        form = RuleForm(request.POST, vocabulary=_vocabulary(noun))
        if "preview" in request.POST:
            return self.judge(request, form, Noun(noun))
        if not form.is_valid():
            return self.show(form, Noun(noun), None, status=422)
        FormRule.make(noun=Noun(noun), rule=form.rule, by=self.user, at=clock.now())
        messages.success(request, _("Saved. It counts at once."))
        return self.go("fields:rules")


class RuleView(EditedRuleView):
    """GET shows a rule, POST changes it."""

    def get(self, request: HttpRequest, rule_id: UUID) -> HttpResponse:
        row = get_object_or_404(FormRule, pk=rule_id)
        vocabulary = _vocabulary(row.noun)
        initial = {**RuleForm.of(row.rule, vocabulary), "active": row.active}
        return self.show(RuleForm(vocabulary=vocabulary, initial=initial), Noun(row.noun), row)

    def post(self, request: HttpRequest, rule_id: UUID) -> HttpResponse:
        row = get_object_or_404(FormRule, pk=rule_id)
        form = RuleForm(request.POST, vocabulary=_vocabulary(row.noun))
        if "preview" in request.POST:
            return self.judge(request, form, Noun(row.noun))
        if not form.is_valid():
            return self.show(form, Noun(row.noun), row, status=422)
        row.edit(rule=form.rule, active=form.cleaned_data["active"], by=self.user, at=clock.now())
        messages.success(request, _("Saved. It counts at once."))
        return self.go("fields:rules")


class RuleRemovalView(PrivateView):
    """POST removes a rule."""

    right = "fields.manage"

    def post(self, request: HttpRequest, rule_id: UUID) -> HttpResponse:
        get_object_or_404(FormRule, pk=rule_id).remove(by=self.user, at=clock.now())
        messages.info(request, _("The rule is removed."))
        return self.go("fields:rules")


def _vocabulary(noun: str) -> Vocabulary:
    if noun not in Noun.values:
        raise Http404
    return Vocabulary.of(Noun(noun), setup_of(Noun(noun)).live)
