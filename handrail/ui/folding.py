"""Words and icons that never change for a language become text when a template is compiled.

A page asks for hundreds of translations; most are of fixed words. `_("Reply")` and `icon("reply")` with fixed
arguments become text when a template is compiled; everything else is asked while it is drawn, as ever.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from handrail.ui.escaping import JoinedOutput
from handrail.ui.icons import icon


class FoldingEnvironment(Environment):
    """An environment for one language; without one it folds nothing."""

    language = ""
    code_generator_class = JoinedOutput

    def speaking(self, language: str) -> "FoldingEnvironment":
        """The same environment for this language, with compiled templates of its own."""
        other = self.overlay()
        assert isinstance(other, FoldingEnvironment)
        other.language = "" if settings.DEBUG else language
        return other

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dictionary: a chain of two would be walked for each import of each page."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if not self.language or not callable(self.autoescape) or not self.autoescape(name):
            return tree
        folded = _Folding(self.language, names_of(tree)).visit(tree)
        assert isinstance(folded, nodes.Template)
        return folded


def names_of(tree: nodes.Template) -> set[str]:
    """The names that the template gives away itself: there they mean something else."""
    own = {each.name for each in tree.find_all(nodes.Name) if each.ctx != "load"}
    for brought in tree.find_all(nodes.FromImport):
        own |= {name[-1] if isinstance(name, tuple) else name for name in brought.names}
    return own


class _Folding(NodeTransformer):
    def __init__(self, language: str, own_names: set[str]) -> None:
        self.language = language
        self.foldable = {name: fold for name, fold in FOLDABLE.items() if name not in own_names}

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        fold = self.foldable.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        given = [each.value for each in node.args if isinstance(each, nodes.Const)]
        is_fixed = len(given) == len(node.args) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if fold is None or not is_fixed or not all(type(each) is str for each in given):
            return node
        with translation.override(self.language):
            return nodes.Const(fold(*given), lineno=node.lineno)


def _words(message: str) -> Markup:
    """As the library's own translation in templates: mark-up in words is ours, two percent signs are one."""
    return Markup(translation.gettext(message)) % ()  # noqa: S704  our own words


#: The functions of templates whose answer depends on nothing but the language and their arguments.
FOLDABLE: dict[str, Callable[..., Any]] = {"_": _words, "icon": icon}
