"""Signing in by a code: beside the password, and throttled like it (`axes` stands before both)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

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
