"""Which field each column is: what it is like, weighed for all columns together, and no field twice."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice

from . import choices, drafts, likeness, unit_lists
from .column import Column
from .drafts import Draft, Way
from .evidence import Evidence, is_answer, is_person
from .fields import FIELD_BY_KEY
from .outcome import Value
from .tables import column_letter
from .text import cell_text

# From where on the rules are sure.
_SURE = 0.84
# Of values with a form of their own, how many must have it before a column is likened to their field.
_MOST = 0.75
# How far ahead of the next one a meaning is about which there is no doubt. Of the columns of lists by unknown authors
# 99 % were read right from 8 on, 90 % at 6, 75 % at 3, 55 % of those with no lead.
_CLEAR = 10.0
# How far ahead of the next one it must be whose list it is. Where that is taken for known and is not, plain words are
# misread; of lists by unknown authors most were read right with anything from 4 to 8.
_TOLD = 5.0
_WAYS: tuple[Way, ...] = ("in", "out")
# What whose list it is leaves out: where members came in, the organization here is their unit, where they went out, the
# one at home is.
_ELSEWHERE: Mapping[Way, Sequence[str]] = {
    "in": ["host_unit"], "out": ["home_unit", "home_unit_phone"], "": []
}  # fmt: skip
# How sure it is that 女 over nothing but ticks is a choice beside 男.
_TICKED = 0.9
# How clear it is that the first column of persons has the names where no heading says so.
_LIKELY = 0.5
_SHOWN = 3  # cells that are shown of a column
# Columns that say something of those beside them.
_TELLING = frozenset(
    ["phone", "unit", "contact_person", "host_unit", "home_unit", "destination", "home_address", "employer",
        "host_employer", "departed_on"]
)  # fmt: skip


_NO = likeness.NOTHING
Claims = Mapping[str, float]
"""How strongly a column may be each field, and none of them."""


def way(title: str, headings: Mapping[int, tuple[str, ...]]) -> Way:
    """Whether the list is of members who came in (the unit they belong to is then the home unit, not ours), of members
    who went out, or does not say so."""
    came_in, went_out = "流入" in title, "流出" in title or "外出" in title
    if came_in != went_out:
        return "in" if came_in else "out"
    said: dict[str, float] = dict.fromkeys(_WAYS, 0.0)
    said |= likeness.spoken_for(likeness.weights("lists"), likeness.of_list(title, headings))
    return next((it for it in _WAYS if _ahead(said, it) >= _TOLD), "")


def assign(
    headings: Mapping[int, tuple[str, ...]], evidence: Mapping[int, Evidence], *, today: date, way: Way
) -> list[Column]:
    """The columns in order. No field is given twice, but to choices: the column that needs it most has it."""
    chosen = choices.find(headings, evidence, today)
    found = drafts.read(headings, evidence, today=today, way=way)
    if _is_of_units(found):
        claims = [_by_rules(draft) for draft in found]
    else:
        claims = _with_names(found, [_by_likeness(draft, found, today, way) for draft in found])
    claims = [{_NO: 0.0} if draft.index in chosen else it for draft, it in zip(found, claims, strict=True)]
    given = _share_out(claims)
    columns = []
    for draft, own, field in zip(found, claims, given, strict=True):
        if draft.index in chosen and chosen[draft.index][0] not in given:
            columns.append(_column(draft, *chosen[draft.index], _TICKED))
        else:
            columns.append(_column(draft, field, None, _sure(own, field)))
    return columns


def _is_of_units(found: Sequence[Draft]) -> bool:
    """Whether by the rules this is a list of units: the wordings learned are of lists of people."""
    read = [field for draft in found if (field := _said(draft)) != _NO]
    return unit_lists.is_list(read) and any(unit_lists.says(draft.leaf) for draft in found)


def _with_names(found: Sequence[Draft], claims: list[Claims]) -> list[Claims]:
    """Where no heading speaks of names but one does of ID numbers, the first column of persons has the names."""
    said = list(map(_most, claims))
    if "name" in said or "id_number" not in said:
        return claims
    for at, draft in enumerate(found):
        people = set(filter(is_person, draft.evidence.cells))
        if len(people) >= drafts.MIN_CELLS and len(people) >= _MOST * len(draft.evidence.cells):
            return [*claims[:at], {_NO: 0.0, "name": _CLEAR * _LIKELY}, *claims[at + 1 :]]
    return claims


def _most(claims: Claims) -> str:
    return max(claims, key=claims.__getitem__)


def _column(draft: Draft, field: str, chosen: Value | None, sure: float) -> Column:
    cells = tuple(islice(dict.fromkeys(map(cell_text, draft.evidence.cells)), _SHOWN))
    key = None if field == _NO else field
    return Column(column_letter(draft.index), "/".join(draft.parts), key, sure, chosen, cells)


def signs(draft: Draft, beside: Sequence[Draft], today: date, way: Way) -> set[str]:
    """All there is to be seen of a column: its heading, its values, what the rules say, and what stands beside it."""
    if not draft.parts:
        return set()
    field, score = draft.choices[0] if draft.choices else (_NO, 0.0)
    seen = likeness.of_heading(draft.parts) | likeness.of_values(draft.evidence, today) | {f"rule {field}"}
    if draft.reading is not None:
        seen.add(f"read {draft.reading.field or _NO}")
    if score >= _SURE:
        seen.add(f"sure {field}")
    if way:
        seen |= {f"{way} last {draft.leaf[-1:]}", f"{way} last {draft.leaf[-2:]}", f"{way} rule {field}"}
    place = next(at for at, other in enumerate(beside) if other is draft)
    seen.add(f"left {_said(beside[place - 1]) if place else ''}")
    seen |= {
        f"beside {field}" for other in beside if other is not draft and (field := _said(other)) in _TELLING
    }
    return seen


def _said(draft: Draft) -> str:
    return draft.choices[0][0] if draft.choices else _NO


def _by_likeness(draft: Draft, beside: Sequence[Draft], today: date, way: Way) -> Claims:
    """What the column is like, as far as it is more like it than like none of the fields."""
    if not draft.parts:
        return _by_rules(draft)
    spoken = likeness.spoken_for(likeness.weights("columns"), signs(draft, beside, today, way))
    none, said = spoken.pop(_NO, 0.0), _said(draft)
    for field in _ELSEWHERE[way]:
        spoken.pop(field, None)
    likely = sorted(
        (field for field, it in spoken.items() if it > none), key=spoken.__getitem__, reverse=True
    )
    fitting = [field for field in likely if field == said or _fits(field, draft, today)]
    # Where the values are none of what the heading speaks of, the next it speaks of is none either.
    if likely[:1] != fitting[:1]:
        return {_NO: none}
    return {_NO: none} | {it: spoken[it] for it in fitting if _is_second(spoken[it], spoken[likely[0]], none)}


def _is_second(strength: float, first: float, none: float) -> bool:
    """Whether a column whose field goes to another one may be this: it is nearer to that field than to none."""
    return strength - none > first - strength


def _by_rules(draft: Draft) -> Claims:
    return {_NO: 0.0} | {field: score * _CLEAR for field, score in draft.choices}


def _fits(field: str, draft: Draft, today: date) -> bool:
    """Whether values of a form of their own have that form; yes and no are the values of a question only."""
    of = FIELD_BY_KEY[field]
    if of.kind not in drafts.FORMED:
        return field == "note" or draft.evidence.share(is_answer) < _MOST
    share = draft.evidence.fit(of, today)
    return share >= _MOST if len(draft.evidence.cells) >= drafts.MIN_CELLS else share > 0


def _share_out(claims: Sequence[Claims]) -> list[str]:
    """The meaning of each column, no field twice: the column that would lose most by its second choice goes first."""
    given: dict[int, str] = {}
    while len(given) < len(claims):
        taken = set(given.values()) - {_NO}
        offers = []
        for at in set(range(len(claims))) - set(given):
            left = {field: it for field, it in claims[at].items() if field not in taken}
            field = _most(left)
            offers.append((_ahead(left, field), -at, field))
        _loss, at, field = max(offers)
        given[-at] = field
    return [given[at] for at in range(len(claims))]


def _ahead(claims: Claims, field: str) -> float:
    """How far a meaning is ahead of the next one."""
    return claims[field] - max((it for other, it in claims.items() if other != field), default=0.0)


def _sure(claims: Claims, field: str) -> float:
    return round(min(max((1 + _ahead(claims, field) / _CLEAR) / 2, 0.0), 1.0), 2)
