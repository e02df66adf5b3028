"""Values as a sheet says them. A sheet is Chinese whatever the pages speak: offices pass it on, imports read it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yanzhen.people.columns import COLUMNS, Value
from yanzhen.vault.masking import mask_id_number, mask_phone, mask_text

_WORDS: dict[str, dict[Value, str]] = {
    "gender": {"male": "男", "female": "女"},
    "stage": {"full": "正式党员", "probationary": "预备党员"},
}
# Seven digits may be a telephone number; a day in eight (20100701) is none.
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d{6}(?!\d))(?:\d{3,4}-)?\d{7,}X?")
_YES, _NO = "是", "否"


def written(key: str, value: Value) -> str:
    """The value of a field as a cell holds it: always text, so that nothing is taken for a number or a formula."""
    if isinstance(value, bool):
        return _YES if value else _NO
    return _WORDS.get(key, {}).get(value, str(value))


def occupation_and_income(values: Mapping[str, Value]) -> str:
    """从事职业及年收入, two fields that one column of a layout holds."""
    return "，".join(str(it) for key in ("occupation", "annual_income") if (it := values.get(key)))


def masked(key: str, text: str) -> str:
    """The text as a page shows it: what is stored sealed is masked."""
    if key not in COLUMNS or not (column := COLUMNS[key]).sealed:
        return text
    return {"id_number": mask_id_number, "phone": mask_phone}.get(column.kind, mask_text)(text)


def masked_numbers(text: str) -> str:
    """A text that nobody knows the field of, with what may be a number of somebody masked."""
    return _NUMBER.sub(lambda number: mask_phone(number[0]), text)
