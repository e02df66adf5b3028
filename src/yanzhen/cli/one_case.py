"""What the pure rules' commands share: one JSON object comes in on standard input, one answer goes out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

WRONG_CALL = 2


def answer(
    find: Callable[[Mapping[str, Any]], dict[str, Any]], tell: Callable[[dict[str, Any]], str] | None
) -> int:
    """Print what `find` says of the object on standard input: as one JSON document, or in the words of `tell`.

    What is no JSON object is a wrong call (2); values that cannot be are a refusal (1), raised as DomainError.
    """
    values = _read()
    if values is None:
        print(_("标准输入里要有一个 JSON 对象，例如 {…}；读到的不是。"), file=sys.stderr)
        return WRONG_CALL
    found = find(values)
    print(tell(found) if tell else json.dumps(found, ensure_ascii=False))
    return 0


def _read() -> Mapping[str, Any] | None:
    try:
        read = json.loads(sys.stdin.buffer.read().decode("utf-8-sig"), parse_float=Decimal)
    except (
        ValueError,
        RecursionError,
    ):  # not UTF-8, not JSON, a number of thousands of digits, a tower of brackets
        return None
    return read if isinstance(read, dict) else None
