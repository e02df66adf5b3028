"""Which field each column is: by the rules, unless it is more like another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from . import choices, drafts, likeness
from .drafts import Draft, Way
from .evidence import Evidence
from .fields import FIELD_BY_KEY
from .outcome import Value
from .tables import column_letter
from .text import cell_text

# From where on the rules are sure; how far ahead a likeness must be to be heard, and to be heard against sure rules.
_SURE, _LEAD, _FAR = 0.84, 0.5, 5.0
# How sure a likeness is at least.
_LIKE = 0.3
# Of values with a form of their own, how many must have it before a column is likened to their field.
_MOST = 0.75
# How sure it is that 女 over nothing but ticks is a choice beside 男.
_TICKED = 0.9
_SHOWN = 3  # cells that are shown of a column
# Columns that say something of those beside them.
_TELLING = frozenset(
    ["phone", "unit", "contact_person", "host_unit", "home_unit", "destination", "home_address", "employer",
        "host_employer", "departed_on"]
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: its letter, its whole heading, its field or None, and how sure that is (0 to 1).

    `chosen` is the value that a tick in it stands for (女 under 性别), None for all other columns. `cells` are the
    first different cells below it, as they are written.
    """

    letter: str
    heading: str
    field: str | None
    confidence: float
    chosen: Value | None = None
    cells: tuple[str, ...] = ()


def way(title: str, headings: Mapping[int, tuple[str, ...]]) -> Way:
    """Whether the list is of members who came in (the unit they belong to is then the home unit, not ours), of members
    who went out, or does not say so."""
    came_in, went_out = "流入" in title, "流出" in title or "外出" in title
    if came_in != went_out:
        return "in" if came_in else "out"
    guess = likeness.best(likeness.weights("lists"), likeness.of_list(title, headings))
    return "in" if guess.meaning == "in" else "out" if guess.meaning == "out" else ""


def assign(
    headings: Mapping[int, tuple[str, ...]], evidence: Mapping[int, Evidence], *, today: date, way: Way
) -> list[Column]:
    """The columns in order. No field is given twice, but to choices: the clearer column keeps it."""
    chosen = choices.find(headings, evidence, today)
    found = drafts.read(headings, evidence, today=today, way=way)
    # A list without names is one of units: the wordings learned are of lists of people.
    if any(_said(draft) == "name" for draft in found):
        likely = [_likely(draft, found, today, way) for draft in found]
        for draft, choice in zip(found, likely, strict=True):
            draft.choices = choice
    return _settle(
        [replace(draft, choices=()) if draft.index in chosen else draft for draft in found], chosen
    )


def signs(draft: Draft, beside: Sequence[Draft], today: date, way: Way) -> set[str]:
    """All there is to be seen of a column: its heading, its values, what the rules say, and what stands beside it."""
    if not draft.parts:
        return set()
    field, score = draft.choices[0] if draft.choices else (likeness.NOTHING, 0.0)
    seen = likeness.of_heading(draft.parts) | likeness.of_values(draft.evidence, today) | {f"rule {field}"}
    if draft.reading is not None:
        seen.add(f"read {draft.reading.field or likeness.NOTHING}")
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
    return draft.choices[0][0] if draft.choices else likeness.NOTHING


def _likely(draft: Draft, beside: Sequence[Draft], today: date, way: Way) -> tuple[tuple[str, float], ...]:
    """The choices of the rules, unless the column is more like another field or like none."""
    said, score = draft.choices[0] if draft.choices else (likeness.NOTHING, 0.0)
    known = score >= _SURE or (draft.reading is not None and not draft.choices)
    guess = likeness.best(likeness.weights("columns"), signs(draft, beside, today, way))
    if guess.meaning == said or guess.lead < (_FAR if known else _LEAD):
        return draft.choices
    if guess.meaning == likeness.NOTHING:
        return ()
    if not _fits(guess.meaning, draft, today):
        return draft.choices
    score = min(_LIKE + guess.lead / 20, _SURE)
    return ((guess.meaning, score), *((field, min(other, score - 0.1)) for field, other in draft.choices))


def _fits(field: str, draft: Draft, today: date) -> bool:
    """Whether values of a form of their own have that form."""
    of = FIELD_BY_KEY[field]
    few = len(draft.evidence.cells) < drafts.MIN_CELLS
    return of.kind not in drafts.FORMED or few or draft.evidence.fit(of, today) >= _MOST


def _settle(found: list[Draft], chosen: Mapping[int, tuple[str, Value]]) -> list[Column]:
    offers = sorted(
        ((score, -draft.index, field, draft) for draft in found for field, score in draft.choices),
        key=lambda offer: (-offer[0], -offer[1]),
    )
    given: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, _index, field, draft in offers:
        if field not in taken and draft.index not in given:
            given[draft.index] = (field, min(score, 1.0))
            taken.add(field)
    ticks = {column: choice for column, choice in chosen.items() if choice[0] not in taken}
    given |= {column: (field, _TICKED) for column, (field, _value) in ticks.items()}
    columns = []
    for draft in found:
        silent = draft.reading.score if draft.reading else 0.0
        key, score = given.get(draft.index, (None, silent))
        stands_for = ticks[draft.index][1] if draft.index in ticks else None
        heading = "/".join(draft.parts)
        cells = tuple(islice(dict.fromkeys(map(cell_text, draft.evidence.cells)), _SHOWN))
        columns.append(Column(column_letter(draft.index), heading, key, round(score, 2), stands_for, cells))
    return columns
