"""What the room policy declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission

PERMISSIONS = (
    Permission("policy.see", _("查看制度")),
    Permission("policy.change", _("修改制度规定的期限")),
)
