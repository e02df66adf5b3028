"""The sentence for each problem, as an officer reads it beside the cell."""

from django.utils.translation import gettext as _

from .fields import FIELD_BY_KEY
from .outcome import Bad


def sentence(field: str, bad: Bad, *, other: str = "", written: str = "") -> str:
    """One clear sentence. `other` is the second field of a contradiction, `written` what stands in the cell."""
    label = FIELD_BY_KEY[field].title()
    names = {"label": label, "written": written[:40], "other": FIELD_BY_KEY[other].title() if other else ""}
    if bad.code == "required":
        return _("这一行没有姓名。")
    if bad.detail == "lost_digits":
        return _("%(label)s被 Excel 当成数字，后几位已经丢失，请按证件重新填写（单元格先设为文本）。") % names
    if bad.detail == "lost_zero":
        return _("%(label)s“%(written)s”可能是 1 月，也可能是 10 月被 Excel 去掉了末尾的 0，请写明。") % names
    if bad.detail == "power_of_ten":
        return _("%(label)s被 Excel 改成了科学计数，数字已经丢失，请重新填写。") % names
    if bad.detail == "ambiguous":
        return _("“%(written)s”对应不止一个党组织，请写全称。") % names
    template = {
        "checksum": _("%(label)s校验码不对，请核对是否抄错。"),
        "length": _("%(label)s“%(written)s”位数不对。"),
        "format": _("%(label)s“%(written)s”看不懂，请按样式重填。"),
        "impossible_date": _("%(label)s“%(written)s”里的日期不存在。"),
        "future_date": _("%(label)s“%(written)s”晚于今天。"),
        "order": _("%(label)s不应早于%(other)s，两个日期有一个不对。"),
        "conflict": _("%(label)s与%(other)s不一致。"),
        "unknown_value": _("%(label)s“%(written)s”不在可用的选项里。"),
        "unknown_unit": _("没有找到党组织“%(written)s”。"),
        "duplicate_in_file": _("与前面的行重复。"),
    }[bad.code]
    return template % names
