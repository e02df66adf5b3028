"""What the room accounts declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission

PERMISSIONS = (
    Permission("accounts.see", _("查看账号和任职")),
    Permission("accounts.appoint", _("任命和解除职务")),
)
