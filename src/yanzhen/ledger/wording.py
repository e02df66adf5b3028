"""How a fact's values become a sentence: what was never said falls away, dates are spoken.

    〔代%(member)s〕报告%(departed_on)s外出到%(destination)s〔，原因：%(reason)s〕

A part in 〔 〕 is left out where one of its values was never said or has been redacted; outside of one, such a value
shows as a dash. Values whose key ends in `_on` are dates at the precision they were written: 2026年3月2日, 2026年3月.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

_PART = re.compile("〔([^〕]*)〕")
_VALUE = re.compile(r"%\((\w+)\)")
_MISSING = ("", None)


def sentence(template: str, values: Mapping[str, Any]) -> str:
    """The template over the values, as people read it."""
    said = {key: _spoken(key, value) for key, value in values.items() if value not in _MISSING}
    whole = _PART.sub(lambda part: part[1] if said.keys() >= set(_VALUE.findall(part[1])) else "", template)
    return whole % _Forgiving(said)


def spoken_date(written: str) -> str:
    """`2026-03-02` as 2026年3月2日, `2026-03` as 2026年3月, `2026` as 2026年."""
    parts = dict(zip(("year", "month", "day"), map(int, written.split("-")), strict=False))
    by_precision = (_("%(year)d年"), _("%(year)d年%(month)d月"), _("%(year)d年%(month)d月%(day)d日"))
    return by_precision[len(parts) - 1] % parts


def _spoken(key: str, value: Any) -> Any:
    return spoken_date(value) if key.endswith("_on") else value


class _Forgiving(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"
