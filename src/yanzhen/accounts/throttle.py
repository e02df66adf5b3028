"""Whose failures are counted together when somebody tries passwords (`AXES_USERNAME_CALLABLE`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def username_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The user name as accounts keep it: ShiLei and shilei are one, or each spelling would give five more guesses."""
    return str((credentials or {}).get("username") or request.POST.get("login", "")).strip().lower()
