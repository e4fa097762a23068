"""Escaping as our templates do it: what a page is joined from need not be marked as safe piece by piece.

A list escapes some fifteen hundred values. The library makes an object of each that knows it is safe, only
for the page to be joined from their characters; the characters alone are enough there.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape
from markupsafe import _escape_inner as characters  # type: ignore[attr-defined]  # what `escape` calls


def escaped(value: Any) -> str:
    """The characters that stand for this value on a page; for nothing but being joined."""
    kind = type(value)
    if kind is str:
        return characters(value)
    return value if kind is Markup else escape(value)


class JoinedOutput(CodeGenerator):
    """Compiles `{{ value }}` with `escaped`; everything else as the library does."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline(f"from {__name__} import escaped")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("escaped(")
        if finalize.src is not None:
            self.write(finalize.src)
