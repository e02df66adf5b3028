"""What the room org declares."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from yanzhen.access.registry import Permission
from yanzhen.ledger.registry import FactKind
from yanzhen.policy.registry import Parameter, Version

PERMISSIONS = (
    Permission("org.see", _("查看党组织")),
    Permission("org.change", _("调整党组织")),
)

FACTS = (
    FactKind("org.unit.founded", _("%(actor)s设立%(kind)s“%(name)s”")),
    FactKind("org.unit.ended", _("%(actor)s撤销“%(name)s”〔，理由：%(reason)s〕")),
    FactKind("org.unit.renamed", _("%(actor)s把“%(former)s”改名为“%(name)s”")),
    FactKind(
        "org.unit.moved", _("%(actor)s把“%(name)s”从“%(from_name)s”划到“%(to_name)s”〔，理由：%(reason)s〕")
    ),
    FactKind(
        "org.unit.merged",
        _("%(actor)s把“%(name)s”并入“%(to_name)s”，%(members)d 名党员一同转入〔，理由：%(reason)s〕"),
    ),
    FactKind(
        "org.unit.split",
        _("%(actor)s从“%(from_name)s”分出“%(name)s”，%(members)d 名党员转入〔，理由：%(reason)s〕"),
    ),
)

_SINCE = date(2018, 10, 28)  # 支部工作条例 in force
_RULE = _("《中国共产党支部工作条例（试行）》（2018年），条号待核")

PARAMETERS = (
    Parameter(
        "org.branch.least",
        _("成立党支部至少要有几名正式党员"),
        _("人"),
        (
            Version(
                _SINCE,
                "3",
                _(
                    "有正式党员 3 人以上的，都应当成立党支部；不足 3 人的，可以成立联合党支部，一般不超过 5 个单位。"
                ),
                _RULE,
            ),
        ),
    ),
    Parameter(
        "org.branch.most",
        _("党支部一般不超过多少名党员"),
        _("人"),
        (Version(_SINCE, "50", _("党支部党员人数一般不超过 50 人；超过 50 人的，可以成立党总支。"), _RULE),),
    ),
    Parameter(
        "org.general_branch.most",
        _("党总支一般不超过多少名党员"),
        _("人"),
        (Version(_SINCE, "100", _("党员超过 100 人的，可以成立基层党委。"), _RULE),),
    ),
    Parameter(
        "org.branch.committee",
        _("有几名正式党员要设支部委员会"),
        _("人"),
        (
            Version(
                _SINCE,
                "7",
                _(
                    "正式党员 7 人以上的，设支部委员会，一般 3 至 5 人，不超过 7 人；不足 7 人的，设 1 名书记。"
                ),
                _RULE,
            ),
        ),
    ),
)
