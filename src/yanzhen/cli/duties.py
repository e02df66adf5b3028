"""`yanzhen duties`: standing made from facts, and compared with what is kept."""

from __future__ import annotations

import argparse
import json
import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yanzhen.duties.services import Difference, Line


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen duties rebuild`, `yanzhen duties check`."""
    parser = commands.add_parser("duties", help=_("从事实重算要办的事，或者核对"))
    steps = parser.add_subparsers(dest="step", required=True, title=_("命令"), metavar=_("命令"))
    for name, does in (
        ("rebuild", _("从全部事实重算每个人要办的事")),
        ("check", _("核对保存的和重算的是否一致；不一致时退出码为 1")),
    ):
        step = steps.add_parser(name, help=does, description=does)
        step.add_argument("--json", action="store_true", help=_("只输出一个 JSON"))


def run(args: argparse.Namespace) -> int:
    """Rebuild, or name each member for whom kept and rebuilt differ."""
    from yanzhen.duties import services

    if args.step == "rebuild":
        count = services.rebuild()
        print(json.dumps({"standing": count}) if args.json else _("已从事实重算，共 %d 件。") % count)
        return 0
    differences = list(services.check())
    if args.json:
        told = [
            {"member": str(one.member_id), "kept": _lines(one.kept), "rebuilt": _lines(one.rebuilt)}
            for one in differences
        ]
        print(json.dumps({"differences": told}))
    elif not differences:
        print(_("一致：保存的和从事实重算的没有差别。"))
    for one in differences if not args.json else ():
        _tell(one)
    if differences:
        print(
            _("有 %d 名党员的事项不一致；用 yanzhen duties rebuild 重算。") % len(differences),
            file=sys.stderr,
        )
    return 1 if differences else 0


def _tell(one: Difference) -> None:
    kept, rebuilt = set(one.kept), set(one.rebuilt)
    for line in sorted(kept - rebuilt):
        print(_("党员 %(member)s，保存的多出：%(line)s") % {"member": one.member_id, "line": _words(line)})
    for line in sorted(rebuilt - kept):
        print(_("党员 %(member)s，重算的多出：%(line)s") % {"member": one.member_id, "line": _words(line)})


def _words(line: Line) -> str:
    return " ".join(f"{name}={value}" for name, value in line._asdict().items())


def _lines(lines: tuple[Line, ...]) -> list[dict[str, str | None]]:
    return [
        {name: str(value) if value is not None else None for name, value in line._asdict().items()}
        for line in lines
    ]
