"""A member's record as a page lays it out: sections of columns, sealed values masked, and the form to change them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.people.columns import COLUMNS, Column, Value
from yanzhen.people.models import Member
from yanzhen.people.values import choices, member_values
from yanzhen.vault.masking import mask_id_number, mask_phone, mask_text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SECTIONS: tuple[tuple[str | _StrPromise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("本人"),
        (
            "name",
            "gender",
            "ethnicity",
            "birth_on",
            "age",
            "id_number",
            "native_place",
            "education",
            "degree",
        ),
    ),
    (
        gettext_lazy("党籍"),
        (
            "stage",
            "joined_on",
            "converted_on",
            "group",
            "membership_status",
            "is_lost",
            "lost_on",
            "dues_paid_to",
        ),
    ),
    (gettext_lazy("联系方式"), ("phone", "landline", "wechat", "email", "home_address")),
    (
        gettext_lazy("工作和家庭"),
        ("employer", "position", "occupation", "started_work_on", "annual_income", "household_size"),
    ),
    (gettext_lazy("备注"), ("thought_note", "note")),
)


@dataclass(frozen=True)
class Shown:
    """One value on the page. `masked`: there is more to it, for a reason that is kept."""

    column: Column
    text: str
    masked: bool


@dataclass(frozen=True)
class Section:
    label: str | _StrPromise
    values: list[Shown]


def sections(member: Member, *, in_full: bool) -> list[Section]:
    """What is known of the member; `in_full` where he looks at his own record."""
    known = member_values(member)
    found = [
        Section(label, [_shown(COLUMNS[key], known[key], in_full=in_full) for key in keys if key in known])
        for label, keys in SECTIONS
    ]
    return [section for section in found if section.values]


def blanks(member: Member) -> list[Column]:
    """What nothing is known of yet, in the order of the page."""
    known = member_values(member)
    return [COLUMNS[key] for _label, keys in SECTIONS for key in keys if key not in known]


def one(member: Member, column: Column, *, in_full: bool) -> Shown | None:
    """One value by itself; None where nothing is known."""
    value = member_values(member).get(column.key)
    return None if value is None else _shown(column, value, in_full=in_full)


def _shown(column: Column, value: Value, *, in_full: bool) -> Shown:
    if column.sealed and not in_full:
        return Shown(column, mask(column, str(value)), masked=True)
    return Shown(column, in_words(column, value), masked=False)


def mask(column: Column, value: str) -> str:
    """What a page shows of a sealed value."""
    masks = {"id_number": mask_id_number, "phone": mask_phone}
    return masks.get(column.kind, mask_text)(value)


def in_words(column: Column, value: Value) -> str:
    """A value as it is read: choices and yes/no by their words."""
    if column.kind == "bool":
        return _("是") if value else _("否")
    if column.kind == "choice":
        return str(dict(choices(column)).get(str(value), value))
    return str(value)


def said(column: Column, value: Value | None, *, in_full: bool) -> str:
    """A value beside another: nothing is said too, a sealed one is masked but for `in_full`."""
    if value is None or value == "":
        return _("没有登记")
    return mask(column, str(value)) if column.sealed and not in_full else in_words(column, value)


_YES_NO = (("", gettext_lazy("不清楚")), ("1", gettext_lazy("是")), ("0", gettext_lazy("否")))


def _yes_no(value: str) -> bool | str:
    return value == "1" if value else ""


class RecordForm(forms.Form):
    """A member's own columns. A sealed one that is left empty stays as it is."""

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        member: Member | None = None,
        only: Iterable[Column] = COLUMNS,
        proposed: Mapping[str, Value | None] | None = None,
    ) -> None:
        """`only` these columns; `proposed` values stand in place of those that are registered."""
        super().__init__(data)
        self._known: dict[str, Value | None] = {
            **(member_values(member) if member else {}),
            **(proposed or {}),
        }
        offered = {column.key for column in only}
        self._sections = [(label, [key for key in keys if key in offered]) for label, keys in SECTIONS]
        for _label, keys in self._sections:
            for key in keys:
                self.fields[key] = self._field(COLUMNS[key])

    def _field(self, column: Column) -> forms.Field:
        known = self._known.get(column.key)
        known = "" if known is None else known
        label, required = column.label, column.key == "name"
        if column.sealed and known:
            hint = _("已登记 %(mask)s；不改就空着。") % {"mask": mask(column, str(known))}
            return forms.CharField(label=label, required=False, help_text=hint, widget=_widget(column))
        if column.kind == "choice":
            offered = [("", "—"), *choices(column)]
            return forms.ChoiceField(label=label, required=False, choices=offered, initial=known)
        if column.kind == "bool":
            initial = "" if known == "" else "1" if known else "0"
            return forms.TypedChoiceField(
                label=label, required=False, choices=_YES_NO, coerce=_yes_no, empty_value="", initial=initial
            )
        if column.kind == "int":
            return forms.IntegerField(label=label, required=False, min_value=0, initial=known)
        hint = _("写成 2010、2010-07 或 2010-07-01") if column.kind == "date" else ""
        return forms.CharField(
            label=label, required=required, initial=known, help_text=hint, widget=_widget(column), strip=True
        )

    def sections(self) -> Iterable[tuple[str | _StrPromise, list[forms.BoundField]]]:
        """The fields, section by section."""
        return [(label, [self[key] for key in keys]) for label, keys in self._sections if keys]

    def values(self) -> dict[str, Value]:
        """What was filled in, in roster form; sealed values only where something was typed."""
        given = {key: "" if value is None else value for key, value in self.cleaned_data.items()}
        return {key: value for key, value in given.items() if value != "" or not COLUMNS[key].sealed}


def _widget(column: Column) -> forms.Widget:
    if column.kind == "long_text":
        return forms.Textarea({"rows": 2})
    kind = "tel" if column.kind == "phone" else "text"
    return forms.TextInput({"autocomplete": "off", "type": kind})
