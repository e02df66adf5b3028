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


def people(cell: object) -> list[str]:
    """The names in a cell, in its order: 王桐林、李水生等2人 are two. A cell of something else gives what it holds."""
    if not isinstance(cell, str):
        return []
    parts = _SEPARATOR.split(_REMARK.sub(" ", cell))
    names = (name for part in parts for name in _apart(part))
    bare = (_AND_SO_ON.sub("", _NUMBERING.sub("", clean(name))) for name in names)
    return list(dict.fromkeys(filter(None, bare)))


def _apart(part: str) -> list[str]:
    """王 芳 is one name, 王桐林 李水生 are two."""
    pieces = part.split()
    return pieces if all(len(piece) > 1 for piece in pieces) else [part]


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
    keeper = _keeper(kept, [it for it in columns if it is not kept], witness)
    if keeper is None:
        return list(columns)
    taken = {it.field for it in columns}
    return [
        _sure(it, "name" if it is kept else "contact_person")
        if it is kept or it is keeper
        else _of_the_keeper(it, taken)
        for it in columns
    ]


def _keeper(kept: Column, others: Sequence[Column], witness: Mapping[int, Evidence]) -> Column | None:
    """The contact persons beside the members: the column read as such, or where the heading says that somebody keeps
    in touch with those members, the only one that names a person in a cell."""
    read_as = {it.field: it for it in others}
    if found := read_as.get("contact_person") or read_as.get("name"):
        return found
    persons = [it for it in others if _seen(it, witness).share(is_person) >= _PEOPLE]
    return persons[0] if len(persons) == 1 and _says_kept(kept) else None


def _sure(column: Column, field: str) -> Column:
    return replace(column, field=field, confidence=max(column.confidence, 0.8))


def _of_the_keeper(column: Column, taken: Set[str | None]) -> Column:
    """A column beside the members: of their contact person, what else it says of a person is no field of theirs."""
    if column.field == "phone" and "contact_person_phone" not in taken:
        return replace(column, field="contact_person_phone")
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
    return _says_kept(column)


def _says_kept(column: Column) -> bool:
    said = column.heading.split("/")[-1]
    return _KEPT.search(said) is not None and _MEMBERS.search(said) is not None


def _seen(column: Column, witness: Mapping[int, Evidence]) -> Evidence:
    return witness.get(column_index(column.letter), Evidence(()))
