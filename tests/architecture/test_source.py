"""How our own source text is read."""

import ast
import gc
import traceback

from tests.architecture.source import Source

LONG = "def f(x): return [[x + 1, (x, x)], {x: (x.y, [x])}]\n" * 400


class DiesLoudly:
    """What is left behind by a browser: collected at any time, and printed with its stack."""

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        try:
            _ = (self.me, 1 // 0)
        except ZeroDivisionError:
            traceback.format_exc()


def test_a_file_is_read_whole_while_forgotten_tasks_die_with_a_stack():
    before = gc.get_threshold()
    gc.set_threshold(50)
    try:
        DiesLoudly()
        assert isinstance(Source("long.py", LONG).tree, ast.Module)
    finally:
        gc.set_threshold(*before)
        gc.collect()
