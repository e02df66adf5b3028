"""What a heading and a list are like: read by the wordings of many offices.

The wordings are kept in `tooling/corpus` and weighed once by `python dev.py learn`; the weights lie beside this file.
A sign is one thing to be seen of a column or a list (two characters of its heading, what its values look like); each
sign speaks for and against meanings, and the meaning most spoken for is the guess.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources

from . import evidence as look
from . import meaning
from .evidence import Evidence
from .text import fold

NOTHING = "nothing"
"""The meaning of a column that is none of the fields."""
Weights = Mapping[str, Mapping[str, float]]
"""How strongly each sign speaks for each meaning, in tenths: whole numbers add up alike in every order."""


_TENTHS = 10


def spoken_for(weights: Weights, signs: Collection[str]) -> dict[str, float]:
    """How strongly these signs speak for each meaning; a column with many signs is not surer for that."""
    sums: dict[str, float] = {}
    for sign in signs:
        for label, weight in weights.get(sign, {}).items():
            sums[label] = sums.get(label, 0.0) + weight
    return {label: it / (_TENTHS * len(signs) ** 0.5) for label, it in sums.items()}


@cache
def weights(of: str) -> Weights:
    """The weights learned for `columns` or `lists`."""
    text = resources.files(__package__).joinpath(f"likeness_of_{of}.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines()[1:]:  # the first one names the corpus
        sign, *pairs = line.split("\t")
        found[sign] = {label: int(weight) for label, weight in (pair.split(" ") for pair in pairs)}
    return found


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))


def of_heading(parts: Sequence[str]) -> set[str]:
    """The signs of a heading given as its parts, the upper one first."""
    leaf = meaning.bare(parts[-1])
    above = "".join(map(meaning.bare, parts[:-1]))
    signs = {*leaf, *_pairs(f"^{leaf}$"), f"first {leaf[:2]}", f"last {leaf[-1:]}", f"last {leaf[-2:]}"}
    signs |= {f"above {piece}" for piece in (*above, *_pairs(above))}
    for remark in meaning.remarks(parts[-1]):
        signs |= {f"remark {piece}" for piece in (*remark, *_pairs(remark))}
    return signs


_PLACE = re.compile(r"[省市县区州镇乡村国]$|^(?:北京|上海|广州|深圳|杭州|东莞|苏州|成都|重庆|天津|武汉)")
_ADDRESS = re.compile(r"\d(?:号|室|栋|幢|单元|楼|弄|组)|[路街巷道]")
_SCHOOLING = re.compile(r"^(?:研究生|硕士|博士|大学|本科|大专|专科|中专|高中|初中|小学|中技|职高|文盲|技校)")
_DEGREE = re.compile(r"(?:学士|硕士|博士)(?:学位)?$")
_ROLE = re.compile(r"(?:书记|委员|主任|组长|经理|长|员|工|师)$")
_MONEY = re.compile(r"[元万]")
_MEMBER = re.compile(r"党员$")
_SMALL = re.compile(r"^\d{1,3}$")
_CODE = re.compile(r"^[A-Za-z][\w-]{4,}$")
_RECENT, _OLD = re.compile(r"20[12]\d"), re.compile(r"19[3-9]\d")
_LONG = 12


def _written(form: re.Pattern[str]) -> look.Test:
    return lambda cell: form.search(str(cell)) is not None


_LOOKS: tuple[tuple[str, look.Test], ...] = (
    ("phone", look.is_phone), ("landline", look.is_landline), ("id", look.is_id_number),
    ("yes-no", look.is_yes_no), ("unit", look.is_unit), ("branch", look.is_branch), ("employer", look.is_employer),
    ("direction", look.is_direction), ("reason", look.is_reason), ("person", look.is_person),
    ("number", look.is_number), ("gender", look.is_gender), ("ethnicity", look.is_ethnicity),
    ("stage", look.is_member), ("email", look.is_email), ("place", _written(_PLACE)), ("address", _written(_ADDRESS)),
    ("schooling", _written(_SCHOOLING)), ("degree", _written(_DEGREE)), ("role", _written(_ROLE)),
    ("money", _written(_MONEY)), ("small", _written(_SMALL)), ("code", _written(_CODE)), ("member", _written(_MEMBER)),
    ("recent", _written(_RECENT)), ("old", _written(_OLD)), ("long", lambda cell: len(str(cell)) >= _LONG),
)  # fmt: skip
# Of the cells, how many must look so for a sign, and for a faint one.
_MOST, _MANY = 0.75, 0.4
_SOME = 20


def of_values(seen: Evidence, today: date) -> set[str]:
    """The signs of what stands below a heading."""
    some = Evidence(seen.cells[:_SOME], seen.habit)
    signs = set()
    for name, test in (*_LOOKS, ("date", lambda cell: look.is_date(cell, today))):
        share = some.share(test)
        if share >= _MANY:
            signs.add(f"{'most' if share >= _MOST else 'many'} {name}")
    return signs


def of_list(title: str, headings: Mapping[int, Sequence[str]]) -> set[str]:
    """The signs of a whole list: its title and all its headings."""
    signs = {f"title {piece}" for piece in _pairs(fold(title))}
    for parts in headings.values():
        whole = "/".join(map(meaning.bare, parts))
        signs |= {whole, *_pairs(whole)}
        read = meaning.read(tuple(parts))
        if read is not None:
            signs.add(f"read {read.field or NOTHING}")
    return signs
