"""Who am I, as a program asks."""

from django.http import HttpRequest, JsonResponse

from handrail.accounts.access import TokenView


class MeView(TokenView):
    """GET tells the token's owner, and what the token may do."""

    def get(self, request: HttpRequest) -> JsonResponse:
        user, token = self.user, self.token
        return JsonResponse(
            {
                "id": str(user.pk),
                "name": user.name,
                "email": user.email,
                "role": user.role.key,
                "token": {
                    "name": token.name,
                    "scopes": [scope for scope in token.scopes if user.may(scope)],
                    "expires_at": token.expires_at.isoformat(),
                },
            }
        )
