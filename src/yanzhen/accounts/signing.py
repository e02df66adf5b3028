"""Signing in, whichever way it was done: by password, by code from paper, by passkey (`ACCOUNT_ADAPTER`)."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest

from yanzhen.accounts.factors import ask_for_factor, taken_away
from yanzhen.accounts.models import Account
from yanzhen.kernel import clock


class AccountAdapter(DefaultAccountAdapter):
    """allauth's, which comes here once every step has been taken."""

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in; say what somebody else did to the second factor since last time, and whether one must be set up."""
        before = user.last_login
        super().login(request, user)
        user.last_login = clock.now()  # Django wrote the wall clock's
        user.save(update_fields=["last_login"])
        for sentence in taken_away(account=user, since=before):
            messages.warning(request, sentence)
        ask_for_factor(request.session, account=user)
