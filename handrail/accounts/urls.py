"""The addresses of this room."""

from django.urls import path

from handrail.accounts.views.audit import AuditView
from handrail.accounts.views.audit_check import AuditCheckView
from handrail.accounts.views.authenticator import AuthenticatorRemovalView, AuthenticatorView
from handrail.accounts.views.brands import BrandsView, BrandView
from handrail.accounts.views.confirmation import ConfirmationView
from handrail.accounts.views.disguise import DisguiseRemovalView, DisguiseView
from handrail.accounts.views.factor_required import FactorRequiredView
from handrail.accounts.views.link import LinkView
from handrail.accounts.views.link_request import LinkRequestView
from handrail.accounts.views.look import LookView
from handrail.accounts.views.me import MeView
from handrail.accounts.views.passkey import PasskeyView
from handrail.accounts.views.passkeys import PasskeyRemovalView, PasskeysView
from handrail.accounts.views.password import PasswordView
from handrail.accounts.views.profile import ProfileView
from handrail.accounts.views.recovery_codes import RecoveryCodesView
from handrail.accounts.views.roles import RoleRemovalView, RolesView, RoleView
from handrail.accounts.views.second_factor import SecondFactorView
from handrail.accounts.views.security import SecurityView
from handrail.accounts.views.sessions import SessionsView, SessionView
from handrail.accounts.views.settings import SettingsView
from handrail.accounts.views.sign_in import SignInView
from handrail.accounts.views.sign_out import SignOutView
from handrail.accounts.views.tokens import TokenRevocationView, TokensView

app_name = "accounts"
urlpatterns = [
    path("sign-in", SignInView.as_view(), name="sign-in"),
    path("sign-in/link", LinkRequestView.as_view(), name="link-request"),
    path("sign-in/link/<str:secret>", LinkView.as_view(), name="link"),
    path("sign-in/passkey", PasskeyView.as_view(), name="passkey"),
    path("sign-in/second-factor", SecondFactorView.as_view(), name="second-factor"),
    path("sign-out", SignOutView.as_view(), name="sign-out"),
    path("settings", SettingsView.as_view(), name="settings"),
    path("settings/profile", ProfileView.as_view(), name="profile"),
    path("settings/look", LookView.as_view(), name="look"),
    path("settings/security", SecurityView.as_view(), name="security"),
    path("settings/security/confirmation", ConfirmationView.as_view(), name="confirmation"),
    path("settings/security/required", FactorRequiredView.as_view(), name="factor-required"),
    path("settings/security/password", PasswordView.as_view(), name="password"),
    path("settings/security/authenticator", AuthenticatorView.as_view(), name="authenticator"),
    path(
        "settings/security/authenticator/removal",
        AuthenticatorRemovalView.as_view(),
        name="authenticator-removal",
    ),
    path("settings/security/passkeys", PasskeysView.as_view(), name="passkeys"),
    path(
        "settings/security/passkeys/<int:passkey>/removal",
        PasskeyRemovalView.as_view(),
        name="passkey-removal",
    ),
    path("settings/security/recovery-codes", RecoveryCodesView.as_view(), name="recovery-codes"),
    path("settings/security/sessions", SessionsView.as_view(), name="sessions"),
    path("settings/security/sessions/<slug:digest>", SessionView.as_view(), name="session"),
    path("settings/tokens", TokensView.as_view(), name="tokens"),
    path("settings/tokens/<uuid:token>/revocation", TokenRevocationView.as_view(), name="token-revocation"),
    path("settings/roles", RolesView.as_view(), name="roles"),
    path("settings/roles/<slug:key>", RoleView.as_view(), name="role"),
    path("settings/roles/<slug:key>/removal", RoleRemovalView.as_view(), name="role-removal"),
    path("settings/brands", BrandsView.as_view(), name="brands"),
    path("settings/brands/<slug:key>", BrandView.as_view(), name="brand"),
    path("settings/audit", AuditView.as_view(), name="audit"),
    path("settings/audit/check", AuditCheckView.as_view(), name="audit-check"),
    path("settings/disguise/<uuid:user>", DisguiseView.as_view(), name="disguise"),
    path("settings/disguise", DisguiseRemovalView.as_view(), name="disguise-removal"),
    path("api/me", MeView.as_view(), name="me"),
]
