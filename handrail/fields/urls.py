"""The addresses of this room."""

from django.urls import path

from handrail.fields.views.definitions import DefinitionsView, DefinitionView, PlaceView, RetirementView
from handrail.fields.views.rules import NewRuleView, RuleRemovalView, RulesView, RuleView

app_name = "fields"
_ONE = "settings/fields/<uuid:definition_id>"
urlpatterns = [
    path("settings/fields", DefinitionsView.as_view(), name="definitions"),
    path(_ONE, DefinitionView.as_view(), name="definition"),
    path(f"{_ONE}/retirement", RetirementView.as_view(), name="retirement"),
    path(f"{_ONE}/place", PlaceView.as_view(), name="place"),
    path("settings/form-rules", RulesView.as_view(), name="rules"),
    path("settings/form-rules/new/<slug:noun>", NewRuleView.as_view(), name="new-rule"),
    path("settings/form-rules/<uuid:rule_id>", RuleView.as_view(), name="rule"),
    path("settings/form-rules/<uuid:rule_id>/removal", RuleRemovalView.as_view(), name="rule-removal"),
]
