"""The registry of everything a roster column can mean, in the order of the command contract `roster check --json`."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext

Kind = Literal[
    "name", "text", "gender", "ethnicity", "date", "month", "id_number", "education", "degree", "stage", "phone",
    "yes_no", "whole", "email", "unit", "position",
]  # fmt: skip


def gettext_noop(message: str) -> str:
    """Marks a label for the catalogue. Django's own asks for settings, which this package does without."""
    return message


@dataclass(frozen=True)
class Field:
    """One meaning of a column: stable key, Chinese label (the heading that exports write), kind of its values."""

    key: str
    label: str
    kind: Kind

    def title(self) -> str:
        """The label in the reader's language."""
        return gettext(self.label)


FIELDS: tuple[Field, ...] = (
    Field("name", gettext_noop("姓名"), "name"),
    Field("gender", gettext_noop("性别"), "gender"),
    Field("ethnicity", gettext_noop("民族"), "ethnicity"),
    Field("birth_on", gettext_noop("出生日期"), "date"),
    Field("id_number", gettext_noop("公民身份号码"), "id_number"),
    Field("native_place", gettext_noop("籍贯"), "text"),
    Field("education", gettext_noop("学历"), "education"),
    Field("degree", gettext_noop("学位"), "degree"),
    Field("stage", gettext_noop("人员类别"), "stage"),
    Field("joined_on", gettext_noop("加入党组织日期"), "date"),
    Field("converted_on", gettext_noop("转为正式党员日期"), "date"),
    Field("unit", gettext_noop("所在党支部"), "unit"),
    Field("group", gettext_noop("党小组"), "text"),
    Field("employer", gettext_noop("工作单位"), "text"),
    Field("position", gettext_noop("工作岗位"), "position"),
    Field("occupation", gettext_noop("从事职业"), "text"),
    Field("started_work_on", gettext_noop("参加工作日期"), "date"),
    Field("phone", gettext_noop("手机号码"), "phone"),
    Field("landline", gettext_noop("固定电话"), "phone"),
    Field("wechat", gettext_noop("微信号"), "text"),
    Field("email", gettext_noop("电子邮箱"), "email"),
    Field("home_address", gettext_noop("家庭住址"), "text"),
    Field("membership_status", gettext_noop("党籍状态"), "text"),
    Field("is_lost", gettext_noop("是否为失联党员"), "yes_no"),
    Field("lost_on", gettext_noop("失去联系日期"), "date"),
    Field("is_mobile", gettext_noop("是否为流动党员"), "yes_no"),
    Field("direction", gettext_noop("外出流向"), "text"),
    Field("departed_on", gettext_noop("外出日期"), "date"),
    Field("departure_reason", gettext_noop("外出原因"), "text"),
    Field("destination", gettext_noop("外出地点"), "text"),
    Field("destination_address", gettext_noop("外出地详细地址"), "text"),
    Field("host_employer", gettext_noop("流入单位"), "text"),
    Field("host_unit", gettext_noop("流入地党组织"), "text"),
    Field("host_contact", gettext_noop("流入地党组织联系人"), "name"),
    Field("host_contact_phone", gettext_noop("流入地党组织联系电话"), "phone"),
    Field("home_unit", gettext_noop("流出地党组织"), "text"),
    Field("home_unit_phone", gettext_noop("支部联系电话"), "phone"),
    Field("contact_person", gettext_noop("联系人"), "name"),
    Field("contact_person_phone", gettext_noop("联系人电话"), "phone"),
    Field("has_certificate", gettext_noop("是否持有流动党员活动证"), "yes_no"),
    Field("certificate_number", gettext_noop("流动党员活动证编号"), "text"),
    Field("certificate_issued_on", gettext_noop("发证日期"), "date"),
    Field("expected_return_on", gettext_noop("预计返回日期"), "date"),
    Field("returned_on", gettext_noop("返回日期"), "date"),
    Field("last_contact_on", gettext_noop("最近联系日期"), "date"),
    Field("dues_paid_to", gettext_noop("党费交至年月"), "month"),
    Field("annual_income", gettext_noop("年收入"), "text"),
    Field("household_size", gettext_noop("家庭人口"), "whole"),
    Field("age", gettext_noop("年龄"), "whole"),
    Field("thought_note", gettext_noop("思想状况"), "text"),
    Field("note", gettext_noop("备注"), "text"),
)

UNIT_FIELDS: tuple[Field, ...] = (
    Field("upper_unit", gettext_noop("上级党组织"), "unit"),
    Field("unit_kind", gettext_noop("党组织类别"), "text"),
    Field("unit_code", gettext_noop("党组织代码"), "text"),
)
"""What a list of units says of a unit besides its name (`unit`)."""

FIELD_BY_KEY: dict[str, Field] = {field.key: field for field in FIELDS}
ANY_FIELD: dict[str, Field] = FIELD_BY_KEY | {field.key: field for field in UNIT_FIELDS}
"""Whatever a column can be, of a list of members or of units."""
