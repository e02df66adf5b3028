"""`yanzhen id check`: an ID number, valid or why not."""

from __future__ import annotations

import argparse
import json
import sys
from gettext import gettext as _
from typing import Any

INVALID = 1


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen id check NUMBER [--json]`."""
    parser = commands.add_parser(
        "id", help=_("核对公民身份号码"), description=_("核对公民身份号码（GB 11643）。")
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("动作"))
    check = actions.add_parser("check", help=_("号码对不对，出生日期、性别、地区"))
    check.add_argument("number", metavar=_("号码"))
    check.add_argument("--json", action="store_true", help=_("只输出一个 JSON"))
    parser.set_defaults(needs="words")


def run(args: argparse.Namespace) -> int:
    """Print what the number says: 0 where it is valid, 1 and a sentence on standard error where it is not."""
    found = _read(args.number)
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
    elif found["valid"]:
        print(_told(found))
    if not found["valid"]:
        print(found["message"], file=sys.stderr)
    return 0 if found["valid"] else INVALID


def _read(number: str) -> dict[str, Any]:
    from yanzhen.mobility.places import division
    from yanzhen.people.id_number import IdNumberError, read

    try:
        said = read(number)
    except IdNumberError as wrong:
        return {
            "number": number,
            "valid": False,
            "problem": wrong.code,
            "message": _sentence(wrong.code),
            "birth_on": None,
            "gender": None,
            "division": None,
        }
    place = division(said.division)
    return {
        "number": said.number,
        "valid": True,
        "problem": None,
        "message": _("号码正确。"),
        "birth_on": said.born_on.isoformat(),
        "gender": said.gender,
        "division": {"code": place[0], "name": place[1]} if place else None,
    }


def _sentence(code: str) -> str:
    return {
        "length": _("公民身份号码应为 18 位，请核对。"),
        "format": _("公民身份号码只有数字，最后一位可以是 X，请核对。"),
        "impossible_date": _("公民身份号码里的出生日期不存在，请核对。"),
        "checksum": _("公民身份号码的校验码不对，可能有一位写错了，请核对。"),
    }[code]


def _told(found: dict[str, Any]) -> str:
    gender = _("男") if found["gender"] == "male" else _("女")
    place = found["division"]["name"] if found["division"] else _("地区代码查不到")
    return "\n".join([found["message"], f"{gender}，{found['birth_on']}，{place}"])
