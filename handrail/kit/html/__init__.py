"""Html from outside: cleaned once when it arrives, made ready for a strict page when shown, or read as text.

`clean` is for mails and other foreign html, `strict` for what our own editor writes, `render` turns cleaned
html into markup without inline style plus a stylesheet, `text` reads html as plain text; `for_page`,
`for_mail` and `text_of_written` take what `strict` let pass. This is the only sanitiser in the house; every
stage is linear in the size of its input, however hostile.
"""

from handrail.kit.html.cleaning import Clean, clean, strict
from handrail.kit.html.reading import QUOTE_STARTS, SIGNATURE_STARTS, text, text_of_clean
from handrail.kit.html.rendering import Rendered, render
from handrail.kit.html.written import for_mail, for_page, paragraphs, pictures_in, text_of_written

__all__ = [
    "QUOTE_STARTS",
    "SIGNATURE_STARTS",
    "Clean",
    "Rendered",
    "clean",
    "for_mail",
    "for_page",
    "paragraphs",
    "pictures_in",
    "render",
    "strict",
    "text",
    "text_of_clean",
    "text_of_written",
]
