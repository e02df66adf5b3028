"""`yanzhen simulate`: a fictional population of any size, facts included, for measuring."""

from __future__ import annotations

import argparse
import json
import os
from gettext import gettext as _

from yanzhen.cli import start
from yanzhen.cli.parser import whole_number
from yanzhen.cli.progress import Line

FOLDER = "data/simulate"


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen simulate --members N [--seed S] [--json]`."""
    parser = commands.add_parser(
        "simulate",
        help=_("造出指定人数的虚构党员，用来量快慢"),
        description=_(
            "造出指定人数的虚构党员和他们的外出、联系记录。数据放在 data/simulate"
            "（或 YANZHEN_DATA 指定的空文件夹），不会进入正式的数据。"
        ),
    )
    parser.add_argument(
        "--members", type=whole_number(1, 5_000_000), required=True, metavar="N", help=_("党员人数")
    )
    parser.add_argument(
        "--seed", type=whole_number(0, 2**31), default=1, metavar="S", help=_("随机种子，默认 1")
    )
    parser.add_argument("--json", action="store_true", help=_("只输出一个 JSON"))
    parser.set_defaults(needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Make the population in an empty database; one that stands there already is replaced."""
    os.environ["YANZHEN_DATA"] = os.environ.get("YANZHEN_DATA") or FOLDER
    start.django()
    from django.conf import settings

    from yanzhen.demo import folder, population

    folder.clear(purpose=population.PURPOSE)
    start.database()
    # Marked before the first member: an unfinished population may be replaced too.
    folder.write(purpose=population.PURPOSE, members=args.members, seed=args.seed)
    population.make(
        members=args.members, seed=args.seed, progress=Line(_("正在造 %(n)d 名党员") % {"n": args.members})
    )
    if args.json:
        print(json.dumps({"members": args.members, "seed": args.seed, "data": str(settings.DATA_FOLDER)}))
    else:
        print(_("已造好 %(n)d 名党员，在 %(where)s。") % {"n": args.members, "where": settings.DATA_FOLDER})
    return 0
