"""The sentence for each problem, as an officer reads it beside the cell."""

from django.utils.translation import gettext as _

from .fields import FIELD_BY_KEY, Kind, gettext_noop
from .outcome import Bad

# What to write instead, by the kind of the field; of a field of any telephone, a landline too.
_INSTEAD: dict[Kind, str] = {
    "name": gettext_noop("请写全姓名，不带数字和星号"),
    "date": gettext_noop("请写成 2010-07-01 这样的日期"),
    "month": gettext_noop("请写成 2010-07 这样的年月"),
    "id_number": gettext_noop("请写 18 位公民身份号码"),
    "phone": gettext_noop("请写 11 位手机号码，或带区号的固定电话"),
    "whole": gettext_noop("请核对，写成 45 这样的整数"),
    "email": gettext_noop("请写成 name@example.com 这样的邮箱"),
    "gender": gettext_noop("请写“男”或“女”"),
    "stage": gettext_noop("请写“正式党员”或“预备党员”"),
    "yes_no": gettext_noop("请写“是”或“否”"),
    "ethnicity": gettext_noop("请写民族全称，如“布依族”"),
    "education": gettext_noop("请写学历名称，如“大学本科”"),
    "degree": gettext_noop("请写学位名称，如“学士”"),
}
_MOBILE = gettext_noop("请写 11 位手机号码")


def sentence(field: str, bad: Bad, *, other: str = "", written: str = "") -> str:
    """One clear sentence. `other` is the second field of a contradiction, `written` what stands in the cell."""
    label = FIELD_BY_KEY[field].title()
    names = {
        "label": label,
        "written": written[:40],
        "other": FIELD_BY_KEY[other].title() if other else "",
        "instead": _instead(field),
    }
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
        "length": _("%(label)s“%(written)s”位数不对，%(instead)s。"),
        "format": _("%(label)s“%(written)s”看不懂，%(instead)s。"),
        "impossible_date": _("%(label)s“%(written)s”里的日期不存在。"),
        "future_date": _("%(label)s“%(written)s”晚于今天。"),
        "order": _("%(label)s不应早于%(other)s，两个日期有一个不对。"),
        "conflict": _("%(label)s与%(other)s不一致。"),
        "unknown_value": _("%(label)s“%(written)s”不在可用的选项里，%(instead)s。"),
        "unknown_unit": _("没有找到党组织“%(written)s”。"),
        "duplicate_in_file": _("与前面的行重复。"),
    }[bad.code]
    return template % names


def _instead(field: str) -> str:
    said = _MOBILE if field == "phone" else _INSTEAD.get(FIELD_BY_KEY[field].kind)
    return _(said) if said else _("请改写或留空")
