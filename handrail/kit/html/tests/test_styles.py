"""Inline style keeps looks and nothing else."""

import pytest

from handrail.kit.html.styles import safe_style

KEPT = {
    "color:red": "color:red",
    "COLOR : #FF0000 ;": "color:#FF0000",
    "font-family: 'Segoe UI', \"Arial\", sans-serif": "font-family:'Segoe UI', 'Arial', sans-serif",
    "font:12px/1.5 Arial": "font:12px/1.5 Arial",
    "margin:0 auto;padding:1.5em": "margin:0 auto;padding:1.5em",
    "border-top:solid #E1E1E1 1.0pt": "border-top:solid #E1E1E1 1.0pt",
    "background:#fff": "background-color:#fff",
    "background:rgb(1, 2, 3)": "background-color:rgb(1, 2, 3)",
    "color:rgba(0,0,0,.5) !important": "color:rgba(0,0,0,.5)",
    "display:NONE": "display:none",
    "letter-spacing:-1px": "letter-spacing:-1px",
    "width:100%;max-width:600px": "width:100%;max-width:600px",
}
DROPPED = [
    "background:url(x)",
    "background:red url(x)",
    "position:absolute",
    "margin-left:-10px",
    "display:grid",
    "width:expression(1)",
    "width:calc(1px)",
    "color:r\\65 d",
    "color:red}body{x",
    "mso-style-name:x",
    "content:'x'",
    "--x:1",
    "font-family:'x",
    "font-family:'a\\'b'",
    "color",
    ":red",
    "",
]


@pytest.mark.parametrize(("style", "expected"), KEPT.items())
def test_a_style_that_only_looks_is_kept(style, expected):
    assert safe_style(style) == expected
    assert safe_style(expected) == expected


@pytest.mark.parametrize("style", DROPPED)
def test_what_could_fetch_move_or_escape_is_dropped(style):
    assert safe_style(style) == ""


def test_the_last_of_two_equal_properties_counts():
    assert safe_style("color:red;color:blue") == "color:blue"
