"""How a fact's values become a sentence: what was never said falls away, dates are spoken.

    〔代%(member)s〕报告%(departed_on)s外出到%(destination)s〔，原因：%(reason)s〕

A part in 〔 〕 is left out where one of its values was never said or has been redacted; outside of one, such a value
shows as a dash. Values whose key ends in `_on` are dates at the precision they were written: 2026年3月2日, 2026年3月.
The program's own words among the values are kept in the language of the source and shown in the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import override

from yanzhen.kernel.partial import first_day

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_PART = re.compile("〔([^〕]*)〕")
_VALUE = re.compile(r"%\((\w+)\)")
_MISSING = ("", None)
_OWN = frozenset({"kind", "label", "role_name", "unit_of_value", "what"})


def sentence(template: str, values: Mapping[str, Any]) -> str:
    """The template over the values, as people read it."""
    said = {key: _spoken(key, value) for key, value in values.items() if value not in _MISSING}
    whole = _PART.sub(lambda part: part[1] if said.keys() >= set(_VALUE.findall(part[1])) else "", template)
    return whole % _Forgiving(said)


def spoken_date(written: str) -> str:
    """`2026-03-02` as 2026年3月2日, `2026-03` as 2026年3月, `2026` as 2026年."""
    by_precision = (_("Y年"), _("Y年n月"), _("Y年n月j日"))
    return dateformat.format(first_day(written), by_precision[written.count("-")])


def own_words(*words: _StrPromise | str) -> str:
    """Words of the program as a fact keeps them, whatever language the actor reads: the Chinese of the source."""
    with override(settings.LANGUAGE_CODE):
        return "、".join(map(str, words))


def _spoken(key: str, value: Any) -> Any:
    if key in _OWN:
        whole = _(value)
        return whole if whole != value else _("、").join(map(_, value.split("、")))
    if key == "reason":
        return _(value)  # offered in the form, or written by somebody and in no catalogue
    return spoken_date(value) if key.endswith("_on") else value


class _Forgiving(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"
