"""The official layouts that towns hand in, filled from the base (regulations: roster headings met in practice, A to F).

Each reads back into the base unchanged. D and E are exports of a national system: D's 用户 does not tell two people of
one name apart, E names nobody at all. The ID number stands beside the name in D, both in front of E. C, E and F say no
branch: a line with its name goes before its members. What the base does not know, the kind of the host's organization
(E) and of the receiving unit (F), stays empty for the pen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanzhen.kernel import clock
from yanzhen.kernel.registry import Registry
from yanzhen.mobility.models import Absence
from yanzhen.mobility.places import province_of, provinces
from yanzhen.people.columns import Value
from yanzhen.sheets.comparing import age_of
from yanzhen.sheets.recognition import FIELD_BY_KEY, FIELDS
from yanzhen.sheets.workbooks import Cell, Form, OutColumn
from yanzhen.sheets.writing import occupation_and_income, written

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_WIDTHS = {"id_number": 21, "name": 10, "gender": 6, "unit": 24, "home_address": 32, "note": 24}
_USUAL_WIDTH = 15  # characters
_FIRST_YEAR = 1901  # days before it Excel does not know
_SHEET = "党员名册"
_EVERYBODY = Q()


@dataclass(frozen=True)
class Person:
    """A member as a line of a layout: his number on the list, and what the base knows in the form of a roster row.

    `categories` are to be read only: no column of a roster, so that coming in again they change nothing.
    """

    number: int
    values: Mapping[str, Value]
    categories: str = ""


Columns = tuple[OutColumn[Person], ...]


@dataclass(frozen=True)
class Layout:
    """One layout. `title` is the form's own, `who` says whom of a list it is about, `by_unit` puts branches between."""

    key: str
    label: str | _StrPromise
    columns: Columns
    title: str = ""
    who: Q = _EVERYBODY
    by_unit: bool = False

    def form(self, unit: str) -> Form:
        """What stands above the headings."""
        if not self.title:
            return Form(_SHEET, is_ruled=False)
        day = clock.today()
        told = f"填报单位：{unit}　　填报时间：{day.year}年{day.month}月{day.day}日"
        return Form(self.title.replace("/", "、"), self.title, (told,))

    def lines(self, people: Iterable[Person]) -> Iterator[Person | str]:
        """The people, with the lines between them."""
        last: Value = ""
        for person in people:
            if self.by_unit and person.values["unit"] != last:
                last = person.values["unit"]
                yield f"党支部：{last}"
            yield person


def _field(key: str, heading: str = "", width: int = 0) -> OutColumn[Person]:
    """A field as it stands in the base."""

    def of(person: Person) -> Cell:
        return written(key, person.values[key]) if key in person.values else None

    return OutColumn(heading or FIELD_BY_KEY[key].label, of, width or _WIDTHS.get(key, _USUAL_WIDTH))


def _day(key: str, heading: str) -> OutColumn[Person]:
    """A date as a day of Excel's; one that is known less precisely as it is written."""

    def of(person: Person) -> Cell:
        text = str(person.values.get(key, ""))
        is_day = text.count("-") == 2 and int(text[:4]) >= _FIRST_YEAR
        return date.fromisoformat(text) if is_day else text

    return OutColumn(heading, of)


def _month(key: str, heading: str) -> OutColumn[Person]:
    """A date as offices write a month: 1985.03."""
    return OutColumn(heading, lambda person: str(person.values.get(key, ""))[:7].replace("-", "."), 10)


def _age(heading: str) -> OutColumn[Person]:
    """How old today: what a roster wrote once would contradict the birth date some years later."""
    return OutColumn(heading, lambda person: str(age_of(person.values) or ""), 6)


def _empty(heading: str) -> OutColumn[Person]:
    return OutColumn(heading, lambda _person: None)


def _serial() -> OutColumn[Person]:
    return OutColumn("序号", lambda person: person.number, 6)


def _province(person: Person) -> Cell:
    code = province_of(str(person.values.get("destination", "")))
    return provinces().get(code, "")


def _direction(person: Person) -> Cell:
    """Where to, of those who are away: of others it would say that they are."""
    return str(person.values.get("direction", "")) if person.values["is_mobile"] is True else None


def _under(upper: str, *columns: OutColumn[Person]) -> Columns:
    return tuple(OutColumn(f"{upper}/{it.heading}", it.of, it.width) for it in columns)


_AWAY = Q(pk__in=Absence.objects.filter(is_open=True).values("member_id"))
_EVER_AWAY = Q(pk__in=Absence.objects.values("member_id"))

_EVERYTHING = (
    *(_age(it.label) if it.key == "age" else _field(it.key) for it in FIELDS),
    OutColumn[Person]("个性化分类", lambda person: person.categories, _USUAL_WIDTH),
)
_A = (
    *_under(
        "党员基本信息/基本情况/个人信息",
        OutColumn("序号", lambda person: person.number, 6),
        _field("name"),
        _field("unit"),
        _field("id_number", "公民身份证号"),
        _field("gender"),
        _field("ethnicity", width=8),
        _day("birth_on", "出生日期"),
        _field("education", width=12),
    ),
    *_under(
        "党员基本信息/党籍情况/发展情况",
        _field("stage", width=10),
        _day("joined_on", "加入党组织日期"),
        _day("converted_on", "转为正式党员日期"),
        _field("position", width=12),
    ),
    *_under("联系方式", _field("phone", "手机号"), _field("landline"), _field("home_address", width=28)),
    *_under(
        "管理信息",
        _field("membership_status", width=10),
        _field("is_lost", width=10),
        _day("lost_on", "失去联系日期"),
        _field("is_mobile", width=10),
        OutColumn("外出流向", _direction, 12),
    ),
)
_B = (
    _field("name"),
    _field("gender"),
    _month("birth_on", "出生年月"),
    _field("education", "文化程度", 12),
    _field("departed_on", "外出时间"),
    _field("destination", "外出地点", 20),
    _field("phone", "流动党员联系电话"),
    _field("unit", "正式组织关系所在支部"),
    _field("home_unit_phone"),
)
_C = (
    _serial(),
    _field("name"),
    _field("gender"),
    _age("年龄"),
    _field("education", "文化程度", 12),
    _field("household_size", width=8),
    *_under(
        "外出务工情况",
        _field("departed_on", "何时外出"),
        _field("destination", "地点", 20),
        OutColumn("从事职业及年收入", lambda person: occupation_and_income(person.values), 20),
    ),
    _field("phone", "与党组织联系方式"),
    _field("thought_note"),
    _field("note"),
)
_D = (
    _field("name", "用户"),
    _field("id_number"),
    _field("unit", "所属组织机构"),
    _field("occupation", "原职业"),
    _field("direction"),
    _field("departed_on", "流出时间"),
    OutColumn("流出省份", _province),
    _field("departure_reason", "流出原因"),
    _field("has_certificate", "是否持有《中国共产党流动党员活动证》", 18),
    _field("membership_status", "组织关系状态"),
)
_E = (
    _field("name"),
    _field("id_number"),
    _field("departed_on", "流出日期"),
    _field("direction"),
    _field("has_certificate"),
    _field("certificate_number", width=18),
    _field("host_employer", width=20),
    _field("host_contact", "流入单位党组织联系人"),
    _field("host_contact_phone", "流入单位党组织联系方式"),
    _empty("党组织类型"),
    _field("departure_reason"),
)
_F = (
    _field("name"),
    _field("gender"),
    _field("id_number"),
    _field("started_work_on", "参加工作时间"),
    _field("membership_status", "人员状态"),
    _empty("接收单位性质类别"),
    _field("has_certificate", "是否持活动证"),
    _field("returned_on", "结束流动日期"),
)

LAYOUTS: Registry[Layout] = Registry("layout")
LAYOUTS.add(
    (
        Layout("", _("名册：所有栏目"), _EVERYTHING),
        Layout("a", _("党员基本信息汇总表"), _A, "党员基本信息汇总表"),
        Layout("b", _("流动党员花名册（只列在外的）"), _B, "流动党员花名册", _AWAY),
        Layout("c", _("流出/流入党员名册（只列在外的）"), _C, "流出/流入党员名册", _AWAY, by_unit=True),
        Layout("d", _("流出党员信息表，带省份（只列在外的）"), _D, "流出党员信息表", _AWAY),
        Layout("e", _("流动党员信息表，带流入单位（只列在外的）"), _E, "流动党员信息表", _AWAY, by_unit=True),
        Layout(
            "f",
            _("流动人员党员登记表（只列外出过的）"),
            _F,
            "流动人员党员登记表",
            _EVER_AWAY,
            by_unit=True,
        ),
    )
)
