"""What the room dues declares: the rates and amounts of 中组发〔2008〕3号, in force from April 2008."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yanzhen.policy.registry import Parameter, Version

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SINCE = date(2008, 4, 1)
_SHARE = _("收入的比例")
_YUAN = _("元")
_STEPS = (_("第一档"), _("第二档"), _("第三档"), _("第四档"))
_SECOND = _("《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3号）第二条")
_FIFTH = _("《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3号）第五条")
_SIXTH = _("《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3号）第六条")
_WAGE = _(
    "月工资收入（税后）3000 元以下交 0.5%，至 5000 元交 1%，至 10000 元交 1.5%，以上交 2%，各档含本数。"
)
_PENSION = _("离退休费或养老金 5000 元以下（含 5000 元）交 0.5%，以上交 1%。")
_FARMER = _("农民党员每月交纳党费 0.2 元至 1 元。")
_FIXED = _(
    "学生党员、下岗失业的党员、依靠抚恤或救济生活的党员、领取最低生活保障金的党员，每月交纳党费 0.2 元。"
)


def _national(
    key: str, label: _StrPromise, unit: _StrPromise, value: str, text: _StrPromise, source: _StrPromise
) -> Parameter:
    return Parameter(key, label, unit, (Version(SINCE, value, text, source),))


PARAMETERS = (
    *(
        _national(
            f"dues.wage.limit.{step + 1}",
            format_lazy(_("工资党费{step}的上限"), step=_STEPS[step]),
            _YUAN,
            value,
            _WAGE,
            _SECOND,
        )
        for step, value in enumerate(("3000", "5000", "10000"))
    ),
    *(
        _national(
            f"dues.wage.rate.{step + 1}",
            format_lazy(_("工资党费{step}的比例"), step=_STEPS[step]),
            _SHARE,
            value,
            _WAGE,
            _SECOND,
        )
        for step, value in enumerate(("0.005", "0.01", "0.015", "0.02"))
    ),
    _national("dues.retired.limit.1", _("离退休党费第一档的上限"), _YUAN, "5000", _PENSION, _FIFTH),
    *(
        _national(
            f"dues.retired.rate.{step + 1}",
            format_lazy(_("离退休党费{step}的比例"), step=_STEPS[step]),
            _SHARE,
            value,
            _PENSION,
            _FIFTH,
        )
        for step, value in enumerate(("0.005", "0.01"))
    ),
    _national("dues.farmer.minimum", _("农民党员每月最少"), _YUAN, "0.20", _FARMER, _SIXTH),
    _national("dues.farmer.maximum", _("农民党员每月最多"), _YUAN, "1.00", _FARMER, _SIXTH),
    _national("dues.fixed.amount", _("学生、下岗失业、靠抚恤救济的党员每月"), _YUAN, "0.20", _FIXED, _SIXTH),
)
