"""Signing in by a code: beside the password and after it, and throttled like it (`axes` stands before all)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from yanzhen.accounts.factors import oneself, use_code
from yanzhen.accounts.models import Account
from yanzhen.accounts.starting import account_by_code


class CodeBackend(ModelBackend):
    """Takes `username` and `code`, and nothing else."""

    def authenticate(  # type: ignore[override]  # no password: that is the point
        self, request: HttpRequest | None, username: str, code: str, **more: Any
    ) -> Account:
        """The account, or PermissionDenied: no other way in is asked with these credentials."""
        found = account_by_code(username, code)
        if found is None:
            raise PermissionDenied
        return found


class FactorBackend(ModelBackend):
    """Takes the `account` that the first step found and a code as its second `factor`, and nothing else."""

    def authenticate(  # type: ignore[override]  # no password: that was the first step
        self, request: HttpRequest | None, account: Account, factor: str, **more: Any
    ) -> Account:
        """The account, or PermissionDenied."""
        if not use_code(actor=oneself(account), account=account, code=factor):
            raise PermissionDenied
        return account
