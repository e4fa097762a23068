"""The `handrail` command: one module per command in this package.

A command module has a docstring (its first line is the help in the list, the rest its description), a
function `run(options)` that returns nothing or an exit code, and, when it takes any, `arguments(parser)`.
Its name is the command's (`sign_in.py` is `handrail sign-in`); modules with a leading underscore are not
commands. What is slow to import (Django above all) is imported inside `run`. A `Complaint` ends a command
with one sentence and code 1.
"""
