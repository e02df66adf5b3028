"""Two registrations as a page lays them beside each other, and the form that says which value stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from yanzhen.people.columns import COLUMNS, Column, Value
from yanzhen.people.models import Member
from yanzhen.people.values import value_of
from yanzhen.reorganization.rules import takes_other
from yanzhen.web.record import SECTIONS, said

_KEEP, _OTHER = "keep", "other"
_IN_BRIEF = ("gender", "birth_on", "joined_on", "phone", "employer")
"""What tells people apart at a glance, besides name and unit."""


@dataclass(frozen=True)
class Row:
    """One column of both, as it is read."""

    column: Column
    keep: str
    other: str
    has_keep: bool
    has_other: bool


def in_brief(one: Member, other: Member) -> list[Row]:
    """A few columns of both, for a list of pairs; those of which neither knows anything are left out."""
    told = [(COLUMNS[key], value_of(one, key), value_of(other, key)) for key in _IN_BRIEF]
    return [row for row in (_row(*it) for it in told) if row.has_keep or row.has_other]


class MergeForm(forms.Form):
    """For each column that differs: which registration's value stays. Its fields stand outside the form's element, so
    that a masked value can be asked for, in a form of its own, beside them."""

    def __init__(self, data: Mapping[str, object] | None = None, *, keep: Member, other: Member) -> None:
        super().__init__(data)
        self.same: list[Row] = []
        self._rows: dict[str, Row] = {}
        for key in (key for _label, keys in SECTIONS for key in keys):
            column, kept, others = COLUMNS[key], value_of(keep, key), value_of(other, key)
            if kept == others:
                self.same += [_row(column, kept, others)] if _is_known(kept) else []
                continue
            row = self._rows[key] = _row(column, kept, others)
            self.fields[key] = forms.ChoiceField(
                label=column.label,
                choices=((_KEEP, row.keep), (_OTHER, row.other)),
                initial=_OTHER if takes_other(column, kept, others) else _KEEP,
                widget=forms.RadioSelect({"form": "merge"}),
            )

    def differing(self) -> list[tuple[Row, forms.BoundField]]:
        """The columns of which both know something else, with their fields."""
        return [(row, self[key]) for key, row in self._rows.items() if row.has_keep and row.has_other]

    def one_sided(self) -> list[tuple[Row, forms.BoundField]]:
        """The columns of which one knows nothing."""
        return [(row, self[key]) for key, row in self._rows.items() if row.has_keep is not row.has_other]

    def taken(self) -> list[str]:
        """The columns in which the other registration's value stays."""
        return [key for key, side in self.cleaned_data.items() if side == _OTHER]


def _row(column: Column, one: Value | None, other: Value | None) -> Row:
    kept, others = (said(column, it, in_full=False) for it in (one, other))
    if kept == others and one != other:
        others = _("%(value)s（盖住的几位不同）") % {"value": others}
    return Row(column, kept, others, _is_known(one), _is_known(other))


def _is_known(value: Value | None) -> bool:
    return value is not None and value != ""
