"""Every field a member can have, once: list, record page, import and export all read this registry.

The order and the keys are those of the contract `roster check --json`. Values that other rooms keep (the absence, the
contact person) are listed in their place under the name of their room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from yanzhen.kernel.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Kind = Literal["text", "long_text", "date", "month", "bool", "choice", "int", "id_number", "phone"]
Value = str | bool | int
"""A value in roster form: dates at their written precision, choices by key. "" and None are: nothing known."""


@dataclass(frozen=True, eq=False)
class Column:
    """One field. `room` stores it; `sealed` values are encrypted at rest and masked on pages."""

    key: str
    label: str | _StrPromise
    kind: Kind = "text"
    room: str = "people"
    sealed: bool = False

    @property
    def place(self) -> str:
        """Where a sealed value of this room stands, as `vault.sealed` binds it."""
        return f"{self.room}_member.{self.key}"


COLUMNS: Registry[Column] = Registry("column")
COLUMNS.add(
    (
        Column("name", _("姓名")),
        Column("gender", _("性别"), "choice"),
        Column("ethnicity", _("民族")),
        Column("birth_on", _("出生日期"), "date"),
        Column("id_number", _("公民身份号码"), "id_number", sealed=True),
        Column("native_place", _("籍贯")),
        Column("education", _("学历")),
        Column("degree", _("学位")),
        Column("stage", _("人员类别"), "choice"),
        Column("joined_on", _("加入党组织日期"), "date"),
        Column("converted_on", _("转为正式党员日期"), "date"),
        Column("unit", _("所在党支部"), room="org"),
        Column("group", _("党小组")),
        Column("employer", _("工作单位")),
        Column("position", _("工作岗位")),
        Column("occupation", _("从事职业")),
        Column("started_work_on", _("参加工作日期"), "date"),
        Column("phone", _("手机号码"), "phone", sealed=True),
        Column("landline", _("固定电话"), "phone", sealed=True),
        Column("wechat", _("微信号")),
        Column("email", _("电子邮箱")),
        Column("home_address", _("家庭住址"), "long_text", sealed=True),
        Column("membership_status", _("党籍状态")),
        Column("is_lost", _("是否为失联党员"), "bool"),
        Column("lost_on", _("失去联系日期"), "date"),
        Column("is_mobile", _("是否为流动党员"), "bool", room="mobility"),
        Column("direction", _("外出流向"), room="mobility"),
        Column("departed_on", _("外出日期"), "date", room="mobility"),
        Column("departure_reason", _("外出原因"), room="mobility"),
        Column("destination", _("外出地点"), room="mobility"),
        Column("destination_address", _("外出地详细地址"), "long_text", room="mobility", sealed=True),
        Column("host_employer", _("流入单位"), room="mobility"),
        Column("host_unit", _("流入地党组织"), room="mobility"),
        Column("host_contact", _("流入地党组织联系人"), room="mobility"),
        Column("host_contact_phone", _("流入地党组织联系电话"), "phone", room="mobility", sealed=True),
        Column("home_unit", _("流出地党组织"), room="mobility"),
        Column("home_unit_phone", _("支部联系电话"), "phone", room="mobility", sealed=True),
        Column("contact_person", _("联系人"), room="contact"),
        Column("contact_person_phone", _("联系人电话"), "phone", room="contact", sealed=True),
        Column("has_certificate", _("是否持有流动党员活动证"), "bool", room="mobility"),
        Column("certificate_number", _("流动党员活动证编号"), room="mobility"),
        Column("certificate_issued_on", _("发证日期"), "date", room="mobility"),
        Column("expected_return_on", _("预计返回日期"), "date", room="mobility"),
        Column("returned_on", _("返回日期"), "date", room="mobility"),
        Column("last_contact_on", _("最近联系日期"), "date", room="contact"),
        Column("dues_paid_to", _("党费交至年月"), "month"),
        Column("annual_income", _("年收入")),
        Column("household_size", _("家庭人口"), "int"),
        Column("age", _("年龄"), "int"),
        Column("thought_note", _("思想状况"), "long_text", sealed=True),
        Column("note", _("备注"), "long_text"),
    )
)

OWN: tuple[Column, ...] = tuple(column for column in COLUMNS if column.room == "people")
"""The columns that stand in the member's own row."""
