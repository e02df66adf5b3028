"""What the room dues declares."""

from __future__ import annotations
