"""What the room sheets declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission

PERMISSIONS = (
    Permission("sheets.import", _("导入花名册")),
    Permission("sheets.export", _("导出名册")),
)
