"""Who lives in the town: everybody on its roster, and who is away at its start or goes away later."""

from __future__ import annotations

from dataclasses import dataclass, field

from yanzhen.demo import town
from yanzhen.demo.invented import Invention
from yanzhen.demo.town import BRANCHES, Branch
from yanzhen.people.columns import Value

_NUMERALS = "一二三四"
_LATE = 0.04  # of the members came onto the roster only after the town was set up

LUFANGS = (  # the eight whom 陆芳 keeps in touch with; `script` says what happened to the first five
    *(("韦志强", "male"), ("陆建国", "male"), ("覃小燕", "female"), ("黄秀兰", "female"), ("石明", "male")),
    *(("潘云香", "female"), ("石家旺", "male"), ("罗丽莲", "female")),
)


@dataclass
class Townsman:
    """A member: number, branch, values in roster form; whether he is among those who go away."""

    number: int
    branch: Branch
    values: dict[str, Value]
    goes_away: bool = False
    comes_late: bool = False
    part: str = field(default="")  # the name of his part in `script`; "" for most

    @property
    def name(self) -> str:
        return str(self.values["name"])


def everybody(invention: Invention, members: int) -> list[Townsman]:
    """The town's members, branch by branch: those who go away first, then the known ones at home, then the rest."""
    found: list[Townsman] = []
    for branch in BRANCHES:
        count, away = town.shares(members)[branch.name]
        known = _known_away(branch, away)
        at_home = [one.name for one in (branch.secretary, *branch.keepers)]
        for place in range(count):
            name, gender, part = "", "", ""
            if place < len(known):
                (name, gender), part = known[place], known[place][0]
            elif away <= place < away + len(at_home):
                name = at_home[place - away]
            values = invention.person(name=name, gender=gender, ages=(23, 58) if place < away else (19, 84))
            values["group"] = f"第{_NUMERALS[place % branch.groups]}党小组"
            values["home_address"] = f"云岭县青禾镇{branch.name.removesuffix('党支部')}{place % 40 + 1}号"
            found.append(Townsman(len(found), branch, values, goes_away=place < away, part=part))
            found[-1].comes_late = not name and place >= away and invention.rng.random() < _LATE
    return found


def _known_away(branch: Branch, away: int) -> list[tuple[str, str]]:
    return list(LUFANGS[:away]) if town.KEEPER in branch.keepers else []
