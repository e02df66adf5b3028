"""Codes and short words resolved to what they mean: sex, ethnicity, education, degree, stage, yes and no.

The tables lie in codes.toml, with the standards they come from.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from .outcome import Bad, Outcome
from .text import NOTHING, cell_text, clean, fold

# "21-大学本科毕业", "21 大学本科毕业", "（21）大学本科": a code in front of its own name.
_CODE_BEFORE_NAME = re.compile(r"[(\[【（]?\d{1,4}[)\]】）]?[\s.\-_、:：|]*([^\d\s.\-_、:：|)）].*)")
_REMARK = re.compile(r"[(\[【（][^)\]】）?？]*[)\]】）]")
_STOPS = "。.,，;；、！!:：'\"‘’“”"
# □是 ☑否: a printed choice with one box ticked; the boxes stand all before or all after the words.
_BOX_BEFORE = re.compile(r"[□○◯〇☐](?:是|否|有|无)")
_BOX_AFTER = re.compile(r"(?:是|否|有|无)[□○◯☐]")
_TICK = re.compile(r"[☑√✓✔■●☒▣]")
_CODE = re.compile(r"\d{1,4}")


@cache
def _tables() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("codes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _words(table: str) -> dict[str, str]:
    """Every written form of a table of choices, with the choice that it means."""
    return {word: choice for choice, words in _tables()[table].items() for word in words}


@cache
def _ethnicities() -> dict[str, str]:
    table = _tables()["ethnicity"]
    forms: dict[str, str] = {"97": table["97"], "98": table["98"], "其它": "其他", "其他族": "其他"}
    for number, entry in enumerate(table["in_order"], start=1):
        name, letters = entry.split()
        forms |= {name: name, name.removesuffix("族"): name, f"{number:02d}": name, str(number): name}
        forms |= {letters: name, letters.lower(): name, letters.capitalize(): name}
    forms |= {name: name for name in table["others"] if name not in forms}
    forms.update(table["short"])
    return forms


def gender(value: object) -> Outcome:
    """`male` or `female`."""
    return _choice(value, "gender")


_NO_MEMBER = ("积极分子", "发展对象", "共青团", "申请", "群众", "民主党派", "非党员", "流动", "非中共")


def stage(value: object) -> Outcome:
    """`full` or `probationary` from any wording; other standings (applicants, League members) are unknown values."""
    written = fold(cell_text(value))
    outcome = _choice(value, "stage")
    # 中共党员（预备）: the remark narrows what stands before it.
    if outcome == "full" and "预备" in written and "正式" not in written:
        return "probationary"
    if not isinstance(outcome, Bad):
        return outcome
    text = _REMARK.sub("", written)
    if any(word in text for word in _NO_MEMBER):
        return outcome
    if "预备" in text:
        return "full" if re.search(r"(?<![未待拟])转正", text) else "probationary"
    return "full" if "正式" in text or "中共党员" in text else outcome


def _choice(value: object, table: str) -> Outcome:
    text = cell_text(value)
    if text in NOTHING:
        return None
    words = _words(table)
    folded = fold(text).strip(_STOPS).removesuffix(".0")
    found = words.get(text) or words.get(folded) or words.get(_REMARK.sub("", folded))
    if found is None and (match := _CODE_BEFORE_NAME.fullmatch(folded)):
        found = words.get(match[1])
    return found if found is not None else Bad("unknown_value")


# Signs that mean no in a column of ticks although they would mean "nothing there" elsewhere.
_NOTHING_TO_SAY = NOTHING - {"无", "暂无", "没有", "（无）", "(无)", "无。", "N", "n"}


def yes_no(value: object) -> Outcome:
    """True or False. 无 and 没有 are answers here, not empty cells."""
    if isinstance(value, bool):
        return value
    text = cell_text(value)
    if text in _NOTHING_TO_SAY:
        return None
    words = _words("yes_no")
    folded = fold(text).removesuffix(".0")
    if _BOX_AFTER.search(folded) or _BOX_BEFORE.search(folded):
        empty = _BOX_AFTER if folded[0] in "是否有无" else _BOX_BEFORE
        folded = _TICK.sub("", empty.sub("", folded))
    bare = _REMARK.sub("", folded).strip(_STOPS)
    found = (
        words.get(folded)
        or words.get(bare)
        or words.get(bare.removesuffix("活动证").removesuffix("流动党员"))
    )
    if found is None and (match := re.match(r"([是否有无√×])[,，。.;；、:：/](?![是否有无]$)", folded)):
        found = words[match[1]]
    if found is None:
        return Bad("unknown_value")
    return found == "yes"


def ethnicity(value: object) -> Outcome:
    """The ethnicity in full; numeric and letter codes and short forms are resolved."""
    text = cell_text(value)
    if text in NOTHING:
        return None
    forms = _ethnicities()
    folded = fold(text).strip(_STOPS).removesuffix(".0")
    found = forms.get(folded) or forms.get(_REMARK.sub("", folded))
    if found is None and (match := _CODE_BEFORE_NAME.fullmatch(folded)):
        found = forms.get(match[1])
    return found if found is not None else Bad("unknown_value")


def coded(value: object, table: str, own: Mapping[str, str]) -> Outcome:
    """A written name as it stands, or the name of a code. A code that no table holds is an unknown value.

    `own` are the codes that the workbook itself explains on a sheet of its own; they go first. Tables: education,
    degree, or "" for columns whose codes only such a sheet can explain (an unexplained code then stays as it is).
    """
    text = cell_text(value)
    if text in NOTHING:
        return None
    folded = fold(text).removesuffix(".0")
    if folded in own:
        return own[folded]
    if _CODE.fullmatch(folded):
        if not table:
            return text
        names = _tables()[table]
        name = names.get(folded) or names.get(folded.lstrip("0"))
        return name if name is not None else Bad("unknown_value")
    if match := _CODE_BEFORE_NAME.fullmatch(clean(text)):
        code = re.match(r"\D?(\d+)", clean(text))
        known = own if code and code[1] in own else _tables()[table] if table else {}
        if code and code[1] in known:
            return clean(match[1]).strip("（）()【】[]")
    return text
