"""Which category what is known of a member suggests: a pure rule. People confirm it or choose otherwise (M43)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yanzhen.kernel.partial import last_day

# Words as rosters and departure reports write them; a text that holds one of them means it.
_TRADE = ("经商", "创业", "个体", "开店", "办厂", "做生意")
_LABOUR = ("务工", "打工", "就业", "上班")
_ARMY = ("随军",)
_RETIRED = ("退休",)
_WITH_FAMILY = ("随", "投靠", "养老", "带孙", "照看")
_HIGHER = ("大专", "专科", "大学", "本科", "研究生", "硕士", "博士")
_SECONDARY = "中"  # 中等专科, 中专: not higher education


@dataclass(frozen=True)
class Known:
    """What the rule reads: why the member is away, his education as written, what he does, his age in whole years."""

    reason: str
    education: str
    work: str
    age: int | None


def suggested(known: Known, *, graduate_below: int, retired_from: int) -> str:
    """The key of the shipped category that fits, the more particular one first; "" where none does.

    `graduate_below`: younger than that, with higher education, somebody counts as a graduate. `retired_from`: the age
    from which who goes with his family counts as retired.
    """
    told = known.reason + known.work
    retired = _has(known.work, _RETIRED) or (known.age is not None and known.age >= retired_from)
    young = known.age is not None and known.age < graduate_below
    higher = _has(known.education, _HIGHER) and not known.education.startswith(_SECONDARY)
    fits = (
        ("army", _has(told, _ARMY)),
        ("retired", retired and _has(known.reason, _WITH_FAMILY)),
        ("business", _has(known.reason, _TRADE)),
        ("graduate", young and higher),
        ("work", _has(known.reason, _LABOUR)),
    )
    return next((key for key, does in fits if does), "")


def age_on(day: date, *, birth_on: str, written: int | None) -> int | None:
    """Whole years on `day`: from the birth date, of which the last day that it can mean counts; else as written."""
    if not birth_on:
        return written
    born = last_day(birth_on)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
