"""What the values of a column look like: the second witness beside its heading."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from . import codes, dates, phones, values
from .fields import Field
from .outcome import Bad
from .text import NOTHING, cell_text, compact, fold

Test = Callable[[object], bool]
_UNIT_END = re.compile(r"(?:支部|总支|党委|委员会|党组织|党组|工委)(?:[（(].*[)）])?$")
_PERSON = re.compile(r"[㐀-鿿·]{2,5}|[㐀-鿿]+(?:·[㐀-鿿]+)+|[A-Z][A-Za-z]+(?: [A-Za-z]+)+")
_BRANCH_END = re.compile(r"支部(?:[（(].*[)）])?$")
_EMPLOYER_END = re.compile(r"(?:公司|集团|厂|店|所|院|校|学|中心|银行|社|局|部|站|馆|园)(?:[（(].*[)）])?$")
_DIRECTION = re.compile(
    r"(?:(?:[省市县区镇乡国境](?:内|外|际)|跨[省市县区乡国]|流[出入]|出[国境]).{0,4}/?){1,2}"
)
_REASON = re.compile("工|商|学|业|随|探亲|养老|照顾|带孩|读书|就医|居住")
_MEMBER = re.compile(r"正式|预备")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SERIAL = re.compile(r"[1-6]\d{4}")
_DECIMAL_MONTH = re.compile(r"\d{4}\.(\d{1,2})")


@dataclass(frozen=True)
class Evidence:
    """The filled cells of a column among the first rows, and its habit of writing dates."""

    cells: tuple[object, ...]
    habit: dates.Habit = dates.NO_HABIT

    def share(self, test: Test) -> float:
        """The share of the cells that pass; 0 for an empty column."""
        return sum(1 for cell in self.cells if test(cell)) / len(self.cells) if self.cells else 0.0

    def fit(self, of: Field, today: date) -> float:
        """The share of the cells that this field takes without a problem; 1 for an empty column."""
        if not self.cells:
            return 1.0
        outcomes = list(map(values.reader(of, values.Setting(today, self.habit)), self.cells))
        if all(outcome is None or isinstance(outcome, Bad) for outcome in outcomes):
            return 0.0
        return sum(1 for outcome in outcomes if not isinstance(outcome, Bad)) / len(outcomes)


def gather(cells: Iterable[object]) -> Evidence:
    """The evidence of a column: its cells that hold something."""
    filled = tuple(
        cell
        for cell in cells
        if not (isinstance(cell, str) and compact(cell) in NOTHING) and cell is not None
    )
    return Evidence(filled, dates.Habit(_two_digit_months(filled), _serials_in_text(filled)))


def _two_digit_months(cells: Iterable[object]) -> bool | None:
    """Whether dates as decimal numbers write months below ten as 07 (True) or 7 (False); None: not to be seen."""
    lengths: set[int] = set()
    for cell in cells:
        match = _DECIMAL_MONTH.fullmatch(
            repr(cell) if isinstance(cell, float) else fold(cell) if isinstance(cell, str) else ""
        )
        if match and match[1][0] == "0":
            lengths.add(2)
        elif match and len(match[1]) == 1 and match[1] != "1":
            lengths.add(1)
    return None if not lengths else lengths == {2}


def _serials_in_text(cells: tuple[object, ...]) -> bool:
    serials = sum(1 for cell in cells if isinstance(cell, str) and _SERIAL.fullmatch(cell.strip()))
    return serials >= 2 and serials * 2 > len(cells)


def is_unit(cell: object) -> bool:
    """Whether the text ends like the name of a Party unit."""
    return isinstance(cell, str) and _UNIT_END.search(compact(cell)) is not None


def is_branch(cell: object) -> bool:
    """Whether the text ends like the name of a branch."""
    return isinstance(cell, str) and _BRANCH_END.search(compact(cell)) is not None


def is_employer(cell: object) -> bool:
    """Whether the text ends like the name of a firm or an institution, not of a Party unit."""
    return isinstance(cell, str) and _EMPLOYER_END.search(compact(cell)) is not None


def is_direction(cell: object) -> bool:
    """Whether the text says in or out, or how far: 流出, 省外, 跨省流动."""
    return isinstance(cell, str) and _DIRECTION.fullmatch(compact(cell)) is not None


def is_reason(cell: object) -> bool:
    """Whether the text says why people leave: 务工, 经商, 随子女居住."""
    return isinstance(cell, str) and _REASON.search(cell) is not None and not is_direction(cell)


def is_phone(cell: object) -> bool:
    """Whether the cell is a telephone number."""
    return isinstance(phones.from_cell(cell), str) and len(cell_text(cell)) >= 7


def is_landline(cell: object) -> bool:
    """Whether the cell is a telephone number, but no mobile one."""
    read = phones.from_cell(cell)
    return isinstance(read, str) and not (len(read) == 11 and "-" not in read)


def is_id_number(cell: object) -> bool:
    """Whether the cell is a valid identity number."""
    return isinstance(cell, str) and isinstance(values.id_number(cell), str)


def is_date(cell: object, today: date) -> bool:
    """Whether the cell is a date written as people write them (a bare number may be anything)."""
    return isinstance(dates.from_cell(cell, today), str)


def is_yes_no(cell: object) -> bool:
    """Whether the cell answers yes or no."""
    return isinstance(codes.yes_no(cell), bool)


def is_answer(cell: object) -> bool:
    """Whether the text answers yes or no in so many words or by a tick, not by a code."""
    return isinstance(cell, str) and not cell.isdecimal() and is_yes_no(cell)


def is_stage(cell: object) -> bool:
    """Whether the text says full or probationary member."""
    return isinstance(codes.stage(cell), str)


def is_member(cell: object) -> bool:
    """Whether the text says full or probationary member in so many words, not by a code."""
    return isinstance(cell, str) and _MEMBER.search(cell) is not None and is_stage(cell)


def is_person(cell: object) -> bool:
    """Whether the text can be a person's name: two to five Chinese characters, more with a dot between
    them, or a name in letters; no unit."""
    name = values.name(cell) if isinstance(cell, str) else None
    return isinstance(name, str) and _PERSON.fullmatch(name) is not None and not is_unit(name)


def is_number(cell: object) -> bool:
    """Whether the cell is a plain number."""
    return isinstance(cell, float) or (isinstance(cell, str) and _NUMBER.fullmatch(compact(cell)) is not None)


def is_email(cell: object) -> bool:
    """Whether the text is an e-mail address."""
    return isinstance(cell, str) and "@" in cell and isinstance(values.email(cell), str)


def is_gender(cell: object) -> bool:
    """Whether the text is 男 or 女."""
    return isinstance(cell, str) and compact(cell) in ("男", "女")


def is_ethnicity(cell: object) -> bool:
    """Whether the text names an ethnicity, not by a code."""
    return isinstance(cell, str) and not fold(cell).isascii() and isinstance(codes.ethnicity(cell), str)
