"""The addresses of this room."""

from django.urls import path

from handrail.accounts.views.link import LinkView
from handrail.accounts.views.sign_in import SignInView
from handrail.accounts.views.sign_out import SignOutView

app_name = "accounts"
urlpatterns = [
    path("sign-in", SignInView.as_view(), name="sign-in"),
    path("sign-in/link/<str:secret>", LinkView.as_view(), name="link"),
    path("sign-out", SignOutView.as_view(), name="sign-out"),
]
