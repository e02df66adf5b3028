"""Lists of contact persons: a row is a contact person, and one cell names all the members he keeps in touch with.

Such a row is read as one row for each member, so that it says of a member what every roster says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from .column import Column
from .evidence import Evidence, is_person
from .meaning import OF_A_PERSON, read
from .tables import Cells, column_index
from .text import clean

# Of the cells of such a column, some name several people, and nearly all of them name people and nothing else.
_SEVERAL, _PEOPLE = 0.3, 0.8
_KEPT = re.compile(r"联系|结对|联结|挂联|挂钩|包联|包保|帮|负责|所带|服务|分管|管理")
_MEMBERS = re.compile(r"党员|对象|人员|名单|哪些人|哪几位")
_REMARK = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]")
_SEPARATOR = re.compile(r"[、,，;；/\n\r\t]+")
_NUMBERING = re.compile(r"^\s*\d{1,3}[.、．)）\s]?\s*")
_AND_SO_ON = re.compile(r"等?(?:共|计)?\d*[人名位]?[。.]?$")
# What the list says of the contact person with the words that other rosters have for a member.
_HIS_OWN = {"name": "contact_person", "phone": "contact_person_phone"}


def people(cell: object) -> list[str]:
    """The names in a cell, in its order: 王桐林、李水生等2人 are two. A cell of something else gives what it holds."""
    if not isinstance(cell, str):
        return []
    text = _REMARK.sub("", cell)
    parts = _SEPARATOR.split(text)
    if len(parts) == 1 and all(len(part) > 1 for part in text.split()):
        parts = text.split()  # 王 芳 is one name, 王桐林 李水生 are two
    bare = (_AND_SO_ON.sub("", _NUMBERING.sub("", clean(part))) for part in parts)
    return list(dict.fromkeys(filter(None, bare)))


def names_several(seen: Evidence) -> bool:
    """Whether the cells of a column name people, some of them several."""
    told = [people(cell) for cell in seen.cells]
    filled = [names for names in told if names]
    if not filled:
        return False
    several = sum(len(names) > 1 for names in filled)
    only_people = sum(all(map(is_person, names)) for names in filled)
    return several >= _SEVERAL * len(filled) and only_people >= _PEOPLE * len(filled)


def turned(columns: Sequence[Column], witness: Mapping[int, Evidence]) -> list[Column]:
    """The columns of such a list: the members are those in the one cell, the other columns speak of their contact
    person. Any other list stays as it is."""
    kept = next((it for it in columns if _keeps(it) and names_several(_seen(it, witness))), None)
    if kept is None:
        return list(columns)
    fields = {it.field for it in columns if it is not kept}
    if not fields & {"name", "contact_person"}:
        return list(columns)
    return [_of_the_keeper(it, fields) if it is not kept else _of_members(it) for it in columns]


def _of_members(column: Column) -> Column:
    return replace(column, field="name", confidence=max(column.confidence, 0.8))


def _of_the_keeper(column: Column, taken: Set[str | None]) -> Column:
    """A column beside the members: of their contact person, what else it says of a person is no field of theirs."""
    his_own = _HIS_OWN.get(column.field or "")
    if his_own and his_own not in taken:
        return replace(column, field=his_own)
    return replace(column, field=None, chosen=None) if column.field in OF_A_PERSON | {"note"} else column


def one_by_one(cells: Cells, column: int) -> Iterator[Cells]:
    """The row once for each of those whom its cell in this column names; as it is where that is nobody or one."""
    names = people(cells[column]) if column < len(cells) else []
    if len(names) < 2:
        yield cells
        return
    for name in names:
        yield [*cells[:column], name, *cells[column + 1 :]]


def _keeps(column: Column) -> bool:
    """Whether a heading says: those whom somebody keeps in touch with; or simply: members."""
    parts = tuple(column.heading.split("/"))
    reading = read(parts)
    if reading is not None and reading.field == "name":
        return True
    return _KEPT.search(parts[-1]) is not None and _MEMBERS.search(parts[-1]) is not None


def _seen(column: Column, witness: Mapping[int, Evidence]) -> Evidence:
    return witness.get(column_index(column.letter), Evidence(()))
