"""`yanzhen bench`: how fast the program is, each measure as a ratio to its floor in the same run."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from yanzhen.cli.parser import whole_number
from yanzhen.kernel import clock
from yanzhen.kernel.errors import DomainError

if TYPE_CHECKING:
    from yanzhen.measure.timing import Measure


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen bench [--members N] [--json]`."""
    parser = commands.add_parser(
        "bench",
        help=_("量快慢，与同一次运行里的底线相比"),
        description=_(
            "在临时文件夹里造出虚构的数据，量各项快慢，给出与底线（裸 SQL、裸读取）的倍数。不碰正式的数据。"
        ),
    )
    parser.add_argument(
        "--members",
        type=whole_number(100, 5_000_000),
        default=100_000,
        metavar="N",
        help=_("党员人数，默认 100000"),
    )
    parser.add_argument("--json", action="store_true", help=_("只输出一个 JSON"))
    parser.set_defaults(needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Measure and print; a target that is missed is told, and is no failure of the command."""
    from yanzhen.measure.suite import measures

    found: list[Measure] = []
    try:
        with tempfile.TemporaryDirectory(prefix="yanzhen-bench-") as folder:
            found.extend(measures(members=args.members, today=clock.today(), folder=Path(folder), say=_say))
    except subprocess.CalledProcessError as failed:
        raise DomainError(_("测量没有完成：%(what)s。") % {"what": " ".join(failed.cmd[2:5])}) from failed
    if args.json:
        print(json.dumps({"members": args.members, "measures": [_document(one) for one in found]}))
    else:
        _print(found)
    return 0


def _say(stage: str) -> None:
    told = {
        "roster": _("正在写花名册…"),
        "check": _("正在量花名册的识别…"),
        "import": _("正在量花名册的导入…"),
        "read": _("正在造一批党员，量要办的事、搜索、情况…"),
    }
    print(told[stage], file=sys.stderr, flush=True)


def _document(measure: Measure) -> dict[str, object]:
    return {
        "key": measure.key,
        "seconds": round(measure.seconds, 5),
        "floor_seconds": round(measure.floor_seconds, 5),
        "ratio": round(measure.ratio, 2),
        "target": measure.target,
        "megabytes": measure.megabytes and round(measure.megabytes),
        "megabytes_target": measure.megabytes_target,
        "queries": measure.queries,
        "queries_target": measure.queries_target,
        "met": measure.is_met,
    }


def _print(found: Iterable[Measure]) -> None:
    labels = {
        "roster_check": _("识别花名册 / 裸读取"),
        "roster_import": _("导入花名册 / 裸插入"),
        "worklist": _("要办的事 / 裸 SQL"),
        "worklist_page": _("要办的事（网页）/ 裸 SQL"),
        "worklist_page_secretary": _("要办的事（网页，支部书记）/ 裸 SQL"),
        "worklist_page_contact_person": _("要办的事（网页，联系人）/ 裸 SQL"),
        "members_page": _("党员（网页）/ 裸 SQL"),
        "away_page": _("外出与联系（网页）/ 裸 SQL"),
        "figures_page": _("情况（网页）/ 裸 SQL"),
        "tree_page": _("支部与小组（网页）/ 裸 SQL"),
        "search_surname": _("搜索常见的姓 / 裸 SQL"),
        "search_pinyin": _("搜索拼音 / 裸 SQL"),
        "search_initials": _("搜索首字母 / 裸 SQL"),
        "search_inside": _("搜索名字中的一个字 / 裸 SQL"),
        "search_two_characters": _("搜索两个字的名字 / 裸 SQL"),
        "search_rare": _("搜索少见的姓 / 裸 SQL"),
        "search_digits": _("搜索号码后四位 / 裸 SQL"),
        "search_unit": _("搜索支部名称 / 裸 SQL"),
        "search_narrow": _("支部书记和联系人搜索 / 裸 SQL"),
        "figures": _("情况 / 裸 SQL"),
        "import_beside": _("与众多在册党员比对着导入 / 裸插入"),
    }
    for measure in found:
        verdict = _("达到") if measure.is_met else _("没有达到")
        line = _(
            "%(ratio).2f 倍，目标 %(target)g 倍，%(verdict)s（%(ms).1f 毫秒，底线 %(floor).1f 毫秒）"
        ) % {
            "ratio": measure.ratio,
            "target": measure.target,
            "verdict": verdict,
            "ms": measure.seconds * 1000,
            "floor": measure.floor_seconds * 1000,
        }
        if measure.queries_target:
            line += _("，查询 %(queries)d 次，目标 %(target)d 次") % {
                "queries": measure.queries,
                "target": measure.queries_target,
            }
        if measure.megabytes:
            line += _("，内存 %(megabytes).0f MB，目标 %(target)g MB") % {
                "megabytes": measure.megabytes,
                "target": measure.megabytes_target,
            }
        print(f"{labels[measure.key]}：{line}")
