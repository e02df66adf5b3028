"""Rosters made from people who are known: random columns, wordings, ways of writing, lines between, planted errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tests.sheets.recognition.clerks import DATES, HEADINGS, NOBODY, Dice, Person, make_person
from tests.sheets.recognition.layouts.spelling import Spelled, heading_lines
from tests.sheets.recognition.layouts.writing import Cell, Grid, Shown, padded
from yanzhen.sheets.recognition.outcome import Value
from yanzhen.sheets.recognition.tables import column_letter

NOTHING: list[Cell] = ["", "", "", "/", "无", "-", "——", None]


def _month(iso: str) -> tuple[int, int]:
    return int(iso[:4]), int(iso[5:7])


# A way of writing dates: the precision it keeps, and the writing.
_FORMS: list[tuple[int, Callable[[str], Cell]]] = [
    (10, lambda iso: iso),
    (10, lambda iso: iso.replace("-", "")),
    (10, lambda iso: iso.replace("-", "/")),
    (10, lambda iso: iso.replace("-", ".")),
    (10, lambda iso: "{}年{}月{}日".format(*(int(part) for part in iso.split("-")))),
    (10, lambda iso: Shown(date.fromisoformat(iso), 'yyyy"年"mm"月"dd"日"')),
    (10, date.fromisoformat),
    (10, lambda iso: float((date.fromisoformat(iso) - date(1899, 12, 30)).days)),
    (10, lambda iso: int(iso.replace("-", ""))),
    (7, lambda iso: iso[:7]),
    (7, lambda iso: iso[:7].replace("-", ".")),
    (7, lambda iso: "{}.{}".format(*_month(iso))),
    (7, lambda iso: "{}年{}月".format(*_month(iso))),
    (7, lambda iso: iso[:7].replace("-", "")),
    (7, lambda iso: int(iso[:7].replace("-", ""))),
    (7, lambda iso: "{}/{}".format(*_month(iso))),
    (
        7,
        lambda iso: (
            "".join("〇一二三四五六七八九"[int(digit)] for digit in iso[:4]) + f"年{_month(iso)[1]}月"
        ),
    ),
    (7, lambda iso: Shown(date.fromisoformat(iso[:7] + "-01"), 'yyyy"年"m"月"')),
    (4, lambda iso: iso[:4]),
    (4, lambda iso: f"{iso[:4]}年"),
]


@dataclass
class Column:
    """A column of a made roster; `keep` is the precision of its dates, `write` how a value is written."""

    key: str | None
    heading: str
    write: Callable[[Dice, Value], Cell]
    keep: int = 10


def _column(dice: Dice, key: str) -> Column:
    heading = dice.choice(HEADINGS[key])
    if key in DATES:
        keep = dice.choice([10, 10, 7, 4] if key != "birth_on" else [10, 10, 7])
        forms = [form for kept, form in _FORMS if kept == keep]
        one = dice.choice(forms)
        mixed = dice.random() < 0.4
        return Column(key, heading, lambda d, value: (d.choice(forms) if mixed else one)(str(value)), keep)
    writers: dict[str, Callable[[Dice, Value], Cell]] = {
        "name": _write_name,
        "gender": _choose({"male": ["男", "男 ", "1"], "female": ["女", " 女", "2"]}),
        "ethnicity": lambda d, value: d.choice([str(value), str(value).removesuffix("族")]),
        "id_number": lambda d, value: d.choice(
            [str(value), str(value).lower(), f" {value} ", f"{value}\u200b"]
        ),
        "stage": _choose(
            {"full": ["正式党员", "正式", "中共党员"], "probationary": ["预备党员", "预备", "中共预备党员"]}
        ),
        "phone": _write_phone,
        "contact_person_phone": _write_phone,
        "age": lambda d, value: d.choice([value, f"{value}岁", str(value)]),
        "household_size": lambda d, value: d.choice([value, f"{value}人", f"{value}口"]),
        "dues_paid_to": lambda d, value: d.choice(
            [str(value), str(value).replace("-", "."), "{}年{}月".format(*_month(str(value)))]
        ),
        **dict.fromkeys(["is_lost", "is_mobile", "has_certificate"], _choose_yes_no(dice)),
    }
    return Column(key, heading, writers.get(key, _write_text))


def _choose(words: dict[str, list[str]]) -> Callable[[Dice, Value], Cell]:
    return lambda d, value: d.choice(words[str(value)])


def _any_of(words: list[str]) -> Callable[[Dice, Value], Cell]:
    return lambda d, _value: d.choice(words)


def _choose_yes_no(dice: Dice) -> Callable[[Dice, Value], Cell]:
    yes, no = dice.choice([("是", "否"), ("有", "无"), ("√", "×"), ("1", "0"), ("Y", "N"), ("已办", "未办")])
    return lambda _dice, value: yes if value else no


def _write_name(dice: Dice, value: Value) -> Cell:
    text = str(value)
    if len(text) == 2 and dice.random() < 0.4:
        return f"{text[0]}{dice.choice([' ', '　', '  '])}{text[1]}"
    return dice.choice([text, text, f" {text}", f"{text}\u3000"])


def _write_phone(dice: Dice, value: Value) -> Cell:
    text = str(value)
    ways: list[Cell] = [
        text,
        int(text),
        float(text),
        f"{text[:3]}-{text[3:7]}-{text[7:]}",
        f"{text[:3]} {text[3:7]} {text[7:]}",
        f"+86{text}",
        text.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    ]
    return dice.choice(ways)


def _write_text(dice: Dice, value: Value) -> Cell:
    return dice.choice([str(value), f" {value}", f"{value}　", f"\ufeff{value}"])


# Errors that a clerk makes: what then stands in the cell, and the code.
def _errors(key: str, person: Person, dice: Dice) -> tuple[Cell, str] | None:
    value = str(person[key])
    found: dict[str, list[tuple[Cell, str]]] = {
        "phone": [
            (value[:10], "length"),
            (value + "0", "length"),
            ("199O0000001", "format"),
            ("29" + value[2:], "format"),
        ],
        "ethnicity": [("汉簇", "unknown_value")],
        "gender": [("未知", "unknown_value"), ("X", "unknown_value")],
        "stage": [("群众", "unknown_value"), ("共青团员", "unknown_value")],
        "name": [("", "required"), (None, "required"), ("/", "required")],
        "education": [("55", "unknown_value")],
        "is_lost": [("可能", "unknown_value")],
        "has_certificate": [("不清楚", "unknown_value")],
    }
    if key in ("birth_on", "joined_on", "departed_on"):
        found[key] = [
            (f"{value[:4]}-13-01", "impossible_date"),
            (f"{value[:4]}0230", "impossible_date"),
            ("2035-06-01", "future_date"),
            ("年底那会儿", "format"),
            ("20100", "format"),
        ]
    if key == "id_number":
        other = "0123456789X"[("0123456789X".index(value[17]) + 1) % 11]
        found[key] = [
            (value[:17] + other, "checksum"), (value[:16], "length"), (value + "1", "length"), (value[:15], "length"),
            (float(value[:17] + "0"), "format"), (value[:10] + "1332" + value[14:], "impossible_date"),
            (value[:3] + "身" + value[4:], "format"),
        ]  # fmt: skip
    return dice.choice(found[key]) if key in found else None


@dataclass
class Made:
    """A made roster with everything that must be read from it."""

    grid: Grid
    header_rows: list[int]
    fields: dict[str, str | None]
    rows: dict[int, Person]
    problems: set[tuple[int, str, str]]
    plain: bool = True
    skipped: dict[int, str] = field(default_factory=dict)


_TELLING = 6  # columns; a row of fewer without a name may as well be a remark


def make(seed: int) -> Made:
    """The roster of this seed."""
    dice = Dice(seed)
    keys = ["name", *dice.sample([key for key in HEADINGS if key != "name"], dice.randrange(3, 18))]
    if "contact_person_phone" in keys and "contact_person" not in keys:
        keys.append("contact_person")
    dice.shuffle(keys)
    # 联系电话 right of 联系人, or 联系人 right of 流入地党组织, belongs to what stands left of it: nobody could tell
    # otherwise, so these two stand elsewhere when they are the member's own.
    for key, after in (("contact_person", "home_address"), ("phone", "name")):
        if key in keys:
            keys.remove(key)
            keys.insert(keys.index(after if after in keys else "name") + 1, key)
    columns = [_column(dice, key) for key in keys]
    for heading in dice.sample(list(NOBODY), dice.randrange(0, 3)):
        words = NOBODY[heading]
        columns.insert(dice.randrange(len(columns) + 1), Column(None, heading, _any_of(words)))
    if dice.random() < 0.8:
        columns.insert(0, Column("", "序号", lambda _dice, value: value))
    return _Sheet(dice, columns).made()


class _Sheet:
    """Writes the lines of one roster."""

    def __init__(self, dice: Dice, columns: list[Column]) -> None:
        self.dice, self.columns = dice, columns
        self.lines: list[list[Cell]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.out = Made(Grid([]), [], {}, {}, set())
        self.people: list[Person] = []

    def made(self) -> Made:
        self._titles()
        self._heading()
        for number in range(self.dice.randrange(6, 25)):
            if number and len(self.out.header_rows) == 1 and self.dice.random() < 0.06:
                self._line(list(self.lines[self.out.header_rows[-1] - 1]), "heading")
            if number and self.dice.random() < 0.05:
                self._line(["小计", f"{number}人"], "subtotal")
            self._person(number)
        if self.dice.random() < 0.5:
            self._line(["合计", f"{len(self.out.rows)}人"], "total")
        if self.dice.random() < 0.3:
            self._line(["填表人：陆芳", None, "审核人：石磊"], "footer")
        self.out.grid = Grid(padded(self.lines), self.merged)
        self.out.fields = {
            column_letter(place): column.key or None for place, column in enumerate(self.columns)
        }
        return self.out

    def _line(self, cells: list[Cell], reason: str) -> None:
        self.lines.append(cells)
        self.out.skipped[len(self.lines)] = reason

    def _titles(self) -> None:
        width = len(self.columns) - 1
        if self.dice.random() < 0.8:
            self._line(
                [self.dice.choice(["青禾镇党员花名册", "2026年流动党员台账", "党员基本信息汇总表"])], "title"
            )
            self.merged.append((0, 0, 0, width))
            if self.dice.random() < 0.5:
                self._line(["填报单位：青禾镇党委", None, "填报日期：2026年11月"], "unit")
            if self.dice.random() < 0.2:
                self.lines.append([])

    def _heading(self) -> None:
        top = self.dice.choice(["", "", "基本情况", "党员基本信息"])
        spelled = [
            Spelled(f"{top}/{column.heading}" if top and 0 < place < 4 else column.heading, None, [])
            for place, column in enumerate(self.columns)
        ]
        lines, merged = heading_lines(spelled, len(self.lines))
        first = len(self.lines) + 1
        self.lines += lines
        self.merged += merged
        self.out.header_rows = list(range(first, first + len(lines)))

    def _person(self, number: int) -> None:
        dice = self.dice
        numbered = any(column.key == "id_number" for column in self.columns)
        again = bool(self.people) and dice.random() < 0.03 and numbered
        person = dict(dice.choice(self.people)) if again else make_person(dice, number + 1)
        # Without numbers nobody could tell namesakes from one person who stands there twice.
        while not numbered and any(it["name"] == person["name"] for it in self.people):
            person = make_person(dice, number + 1)
        cells: list[Cell] = []
        values: Person = {}
        row = len(self.lines) + 1
        planted = False
        for column in self.columns:
            if not column.key:
                cells.append(column.write(dice, number + 1))
                continue
            may_err = not planted and not again and (column.key != "name" or len(self.columns) > _TELLING)
            error = _errors(column.key, person, dice) if may_err and dice.random() < 0.02 else None
            if error is not None:
                cell, code = error
                planted = True
                cells.append(cell)
                self.out.problems.add((row, column.key, code))
                continue
            if (
                column.key not in ("name", "id_number")
                and dice.random() < 0.08
                and not isinstance(person[column.key], bool)
            ):
                cells.append(dice.choice(NOTHING))
                continue
            cells.append(column.write(dice, person[column.key]))
            value = person[column.key]
            values[column.key] = str(value)[: column.keep] if column.key in DATES else value
        if again:
            self.out.problems.add((row, "id_number", "duplicate_in_file"))
        if not planted:
            self.people.append(person)
        self.lines.append(cells)
        self.out.rows[row] = values
