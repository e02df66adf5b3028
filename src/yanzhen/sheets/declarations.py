"""What the room sheets declares."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind

PERMISSIONS = (
    Permission("sheets.import", _("导入花名册")),
    Permission("sheets.export", _("导出名册")),
)

FACTS = (
    FactKind("sheets.batch.staged", _("%(actor)s交来花名册“%(file)s”"), page="batch"),
    FactKind("sheets.batch.corrected", _("%(actor)s改正了花名册“%(file)s”的识别"), page="batch"),
    FactKind(
        "sheets.batch.recognized_anew", _("%(actor)s让花名册“%(file)s”的列不再按以前的更正来认"), page="batch"
    ),
    FactKind(
        "sheets.batch.decided", _("%(actor)s决定了花名册“%(file)s”与名册不一致的地方怎么办"), page="batch"
    ),
    FactKind(
        "sheets.batch.handed_back", _("%(actor)s取回花名册“%(file)s”里要改的 %(count)s 行"), page="batch"
    ),
    FactKind("sheets.batch.discarded", _("%(actor)s放弃了花名册“%(file)s”"), page="batch"),
    FactKind(
        "sheets.batch.applied",
        _("%(actor)s导入花名册“%(file)s”：新增 %(added)s 人，更新 %(changed)s 人，%(left_out)s 行没有导入"),
        page="batch",
    ),
    FactKind(
        "sheets.units.founded",
        _("%(actor)s按党组织名册“%(file)s”建立了 %(founded)s 个党组织，%(left_out)s 行没有建立"),
        page="batch",
    ),
    FactKind(
        "sheets.units.taken_back",
        _("%(actor)s撤销了党组织名册“%(file)s”：撤掉 %(units)s 个党组织"),
        page="batch",
    ),
    FactKind(
        "sheets.batch.undone",
        _("%(actor)s撤销了花名册“%(file)s”的导入：移除 %(added)s 人，恢复 %(changed)s 人"),
        page="batch",
    ),
    FactKind(
        "sheets.exported",
        _("%(actor)s导出名册（%(filter)s），共 %(count)s 人，用途：%(reason)s"),
        page="unit",
    ),
)
