"""What the room people declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission

PERMISSIONS = (
    Permission("people.see", _("查看党员")),
    Permission("people.add", _("登记党员")),
    Permission("people.change", _("修改党员信息")),
    Permission("people.unmask", _("查看完整号码")),
)
