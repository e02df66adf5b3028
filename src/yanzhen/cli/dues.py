"""`yanzhen dues`: a month's dues, with the clause."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from yanzhen.cli.one_case import answer


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen dues [--json]`."""
    parser = commands.add_parser(
        "dues",
        help=_("每月应交多少党费"),
        description=_(
            "从标准输入读一个 JSON 对象（kind、base、month），算出每月党费和依据。"
            "base 是当月的基数，单位元：年薪制按当月实际领取的薪酬，不按月取得收入的按上季度月平均。"
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("只输出一个 JSON"))
    parser.set_defaults(needs="words")


def run(args: argparse.Namespace) -> int:
    """Answer by the national rates in force in that month; no database."""
    return answer(_owed, None if args.json else _told)


def _owed(values: Mapping[str, Any]) -> dict[str, Any]:
    from yanzhen.dues.declarations import PARAMETERS, SINCE
    from yanzhen.dues.rules import Rates, monthly_dues, read_asked
    from yanzhen.kernel.partial import last_day

    asked = read_asked(values)
    shipped = {parameter.key: parameter.on(last_day(asked.month)).value for parameter in PARAMETERS}
    dues = monthly_dues(asked, Rates.read(shipped.__getitem__, since=SINCE))
    return {
        "amount": f"{dues.amount:.2f}",
        "minimum": None if dues.minimum is None else f"{dues.minimum:.2f}",
        "maximum": None if dues.maximum is None else f"{dues.maximum:.2f}",
        "rate": None if dues.rate is None else str(dues.rate),
        "rule": dues.rule,
        "source": dues.source,
    }


def _told(found: dict[str, Any]) -> str:
    amount = _("每月 %(amount)s 元") % found
    if found["maximum"]:
        amount = _("每月 %(minimum)s 元至 %(maximum)s 元") % found
    return f"{amount}\n{found['rule']}\n{_('依据')}：{found['source']}"
