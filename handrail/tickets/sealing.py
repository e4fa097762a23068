"""The headers of a document that holds what somebody else wrote: nothing in it runs, posts or reaches out."""

from secrets import token_urlsafe

from django.http import HttpResponse

#: Our pictures, its own style, links in new windows, and nothing else; our own pages may measure it.
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'nonce-{nonce}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


def fresh_nonce() -> str:
    """Stands in the policy and on the style sheet; each answer has its own."""
    return token_urlsafe(18)


def sealed(response: HttpResponse, *, nonce: str, for_paper: bool = False) -> HttpResponse:
    """The same answer with the policy of a foreign document. for_paper: our pages may ask to print it."""
    policy = POLICY.format(nonce=nonce) + (" allow-modals" if for_paper else "")
    response["Content-Security-Policy"] = policy
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Referrer-Policy"] = "no-referrer"
    return response
