"""Whose failures are counted together when somebody tries passwords or codes.

The first step counts by user name and address: whoever tries passwords from elsewhere locks nobody out. The second
counts by user name alone: only who knows the password comes so far, and a code has six digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axes.models import AccessBase
from django.http import HttpRequest

_SECOND = "：2"  # behind a user name: no user name has such a colon


def username_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The user name as accounts keep it (`AXES_USERNAME_CALLABLE`): ShiLei and shilei are one, or each spelling would
    give five more guesses."""
    given = credentials or {}
    if "account" in given:
        return second_step(given["account"].username)
    return str(given.get("username") or request.POST.get("login", "")).strip().lower()


def second_step(username: str) -> str:
    """The name under which wrong codes are counted."""
    return username + _SECOND


def counted_by(
    request_or_attempt: HttpRequest | AccessBase, credentials: Mapping[str, Any] | None = None
) -> list[str | list[str]]:
    """What has to be the same for failures to add up (`AXES_LOCKOUT_PARAMETERS`)."""
    kept = isinstance(request_or_attempt, AccessBase) and str(request_or_attempt.username).endswith(_SECOND)
    return ["username"] if kept or "account" in (credentials or {}) else [["username", "ip_address"]]
