"""What the room duties declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission

PERMISSIONS = (
    Permission("duties.see", _("查看要办的事")),
)
