"""All URLs. Of allauth's pages only these: nobody signs up by himself, and nobody has to give an e-mail address."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("accounts/again/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/again/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("accounts/again/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("accounts/login/code/", factor.authenticate, name="mfa_authenticate"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("", include("yanzhen.web.urls")),
]
