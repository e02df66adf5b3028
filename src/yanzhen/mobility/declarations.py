"""What the room mobility declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission

PERMISSIONS = (
    Permission("mobility.see", _("查看外出情况")),
    Permission("mobility.departure.report", _("报告外出")),
    Permission("mobility.arrival.report", _("报告到达")),
    Permission("mobility.return.record", _("登记返回")),
    Permission("mobility.decide", _("决定接转或持证")),
)
