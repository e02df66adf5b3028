"""What the room oversight declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission

PERMISSIONS = (Permission("oversight.see", _("查看情况")),)
