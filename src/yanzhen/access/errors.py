"""Bugs in how permission is asked for. They are no refusals: they propagate and fail the request."""

from __future__ import annotations


class PermissionUnchecked(Exception):
    """Something was about to be shown or done and nobody had asked whether it may."""
