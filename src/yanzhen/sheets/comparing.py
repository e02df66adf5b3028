"""What a row would change of what the base knows of a member."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yanzhen.kernel import clock
from yanzhen.kernel.partial import first_day
from yanzhen.mobility.places import province_of, provinces
from yanzhen.mobility.roster import PLAIN, SEALED, Says, says
from yanzhen.people.columns import COLUMNS, Value
from yanzhen.sheets.recognition import FIELD_BY_KEY
from yanzhen.sheets.recognition.values import Setting, reader
from yanzhen.sheets.rules import AGE_TOLERANCE
from yanzhen.sheets.writing import occupation_and_income, written

OWN = frozenset(column.key for column in COLUMNS if column.room == "people")
ABSENCE = frozenset((*PLAIN, *SEALED, "is_mobile"))
CONTACT_PERSON = frozenset({"contact_person", "contact_person_phone"})
Values = Mapping[str, Value]
# What says only that somebody finished it, and the short names of the levels of GB/T 4658.
_COMPLETED = re.compile(r"(?:毕业|教育|学历|文化)$")
_SHORT = {
    "大学本科": "本科", "大学": "本科", "大学专科": "大专", "专科": "大专", "中等专科": "中专", "普通高中": "高中",
    "普通初中": "初中", "初级中学": "初中",
}  # fmt: skip


def differences(row: Values, known: Values) -> dict[str, Value]:
    """The row's values that the base has otherwise. Nothing written changes nothing.

    A member's unit is not changed by a roster: it is his affiliation (组织关系). What says less and agrees is no
    difference: 2010 beside 2010-07, a province beside a town in it, an age beside the birth date, an earlier contact.
    A contact person's phone without his name names nobody.
    """
    changed = {
        key: value
        for key, value in row.items()
        if key != "unit"
        and key not in ABSENCE
        and (key != "contact_person_phone" or row.get("contact_person"))
        and value != known.get(key)
        and not _says_less(key, value, known)
    }
    return changed | _of_absence(row, known)


def filling(changes: Values, known: Values) -> dict[str, Value]:
    """Those of the changes that overwrite nothing. An absence and a contact person are taken whole or not at all."""
    # "Not away" and "no certificate" are what an empty absence says.
    kept = {
        key: value
        for key, value in known.items()
        if value != "" and (value is not False or key not in ABSENCE)
    }
    overwriting = {key for key, value in changes.items() if kept.get(key, value) != value}
    if changes.get("is_mobile") is False:
        overwriting.add("is_mobile")
    for keys in (ABSENCE, CONTACT_PERSON):
        if not keys.isdisjoint(overwriting):
            overwriting |= keys
    return {key: value for key, value in changes.items() if key not in overwriting}


def parts(changes: Values, known: Values) -> dict[str, dict[str, Value]]:
    """The changes as they can be decided, each under the key of the field that names it.

    A field stands for itself, but a contact person comes with his phone, and an absence that begins or ends is one
    thing: half of it would be another absence.
    """
    found: dict[str, dict[str, Value]] = {}
    for key, value in changes.items():
        if key in CONTACT_PERSON:
            name = "contact_person"
        else:
            name = "is_mobile" if key in ABSENCE and not goes_on(changes, known) else key
        found.setdefault(name, {})[key] = value
    return {
        name: part
        for name, part in found.items()
        if any(value != known.get(key) for key, value in part.items())
    }


def goes_on(changes: Values, known: Values) -> bool:
    """Whether the changes are about an absence that is known and not over."""
    return known.get("is_mobile") is True and changes.get("is_mobile") is True


def of_absence(values: Values) -> dict[str, Value]:
    """The part of some values that speaks of being away."""
    return {key: value for key, value in values.items() if key in ABSENCE}


def _of_absence(row: Values, known: Values) -> dict[str, Value]:
    """The row's values about being away, all of them where one would change something (`mobility.roster.says`)."""
    told = {key: value for key, value in of_absence(row).items() if not _says_less(key, value, known)}
    now, was_away = says(row), known.get("is_mobile") is True
    if now is Says.NOTHING:
        return {}
    if now is Says.AT_HOME:
        return {"is_mobile": False} if was_away else {}
    if now is Says.AWAY:
        told["is_mobile"] = True
        if not was_away:
            is_over = bool(row.get("departed_on")) and row["departed_on"] == known.get("departed_on")
            return {} if is_over else {**of_absence(row), "is_mobile": True}
    else:
        told.pop("is_mobile", None)
    return told if any(value != known.get(key) for key, value in told.items()) else {}


def age_of(values: Values) -> int | None:
    """How old the birth date makes a member today; without one the age that a roster gave."""
    told = values.get("age")
    if not values.get("birth_on"):
        return told if isinstance(told, int) else None
    born, today = first_day(str(values["birth_on"])), clock.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _as_read(key: str, kept: str) -> object:
    """What a sheet is read as that says what the base has: on a page people write 本科, and digits of full width."""
    return reader(FIELD_BY_KEY[key], Setting(clock.today()))(written(key, kept))


def _schooling(text: object) -> str:
    """A level of schooling, whichever of its names stands there: 大学专科毕业 is 大专."""
    bare = _COMPLETED.sub("", str(text))
    return _SHORT.get(bare, bare)


def _says_less(key: str, value: Value, known: Values) -> bool:
    kept = str(known.get(key, ""))
    if kept and isinstance(known[key], str) and _as_read(key, kept) == value:
        return True
    if key == "last_contact_on":
        return str(value) <= kept
    if key == "age":
        age = age_of(known) if known.get("birth_on") else None
        return age is not None and isinstance(value, int) and abs(value - age) <= AGE_TOLERANCE
    if key == "education":
        return _schooling(value) == _schooling(kept)
    if key == "occupation":
        return str(value) == occupation_and_income(known)
    if key == "destination":
        return kept != value and value == provinces().get(province_of(kept))
    return key.endswith("_on") and kept != value and kept.startswith(str(value))
