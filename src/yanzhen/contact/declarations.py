"""What the room contact declares: permissions, facts, parameters."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind
from yanzhen.policy.registry import Parameter, Version

PERMISSIONS = (
    Permission("contact.see", _("查看联系记录")),
    Permission("contact.log", _("记录联系")),
    Permission("contact.assign", _("指定联系人")),
)

FACTS = (
    FactKind("contact.logged", _("%(actor)s%(what)s〔：%(note)s〕"), personal=frozenset({"note"})),
    FactKind("contact.person.assigned", _("%(actor)s请%(person)s做联系人"), personal=frozenset({"person"})),
    FactKind(
        "contact.person.released",
        _("%(person)s不再做联系人〔，原因：%(reason)s〕"),
        personal=frozenset({"person", "reason"}),
    ),
    # About a unit, not about a member: nobody's name stands in a fact in clear.
    FactKind("contact.person.named", _("%(actor)s登记了一名联系人")),
    FactKind("contact.person.linked", _("%(actor)s为一名联系人开通了账号")),
)

PARAMETERS = (
    Parameter(
        "contact.quarters",
        _("联系人多久联系一次流动党员"),
        _("个季度"),
        (
            Version(
                date(2006, 6, 1),
                "1",
                _("指定的联系人每季度至少同流动党员联系一次，及时了解他的思想动态和工作情况。"),
                _("镇党委《党员管理措施》一（一）"),
            ),
        ),
        by_category=True,
    ),
    Parameter(
        "contact.assign.days",
        _("外出后多少天内指定联系人"),
        _("天"),
        (
            Version(
                date(2006, 6, 1),
                "15",
                _("党支部要确定专人与流动党员联系，一人一挂钩，在 15 天内指定。"),
                _("镇党委《党员管理措施》一（一）；15 天是本地默认"),
            ),
        ),
    ),
    Parameter(
        "contact.load",
        _("一名联系人最多联系多少名流动党员"),
        _("人"),
        (
            Version(
                date(2006, 6, 1),
                "5",
                _("一名联系人联系的流动党员一般不超过 5 人；手动指定时可以超过。"),
                _("本地默认：一个县约 2400 名流动党员、550 名联系人，平均不到 5 人"),
            ),
        ),
    ),
)
