"""`yanzhen decide`: 接转 or 持证, with the reasons."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from gettext import gettext as _
from typing import Any

from yanzhen.cli.one_case import answer


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen decide [--json]`."""
    parser = commands.add_parser(
        "decide",
        help=_("外出党员该接转组织关系还是持证"),
        description=_(
            "从标准输入读一种情况（JSON 对象：purpose、months、fixed_place、host_can_accept、"
            "group_of_full_members），说明该怎么办和依据。"
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("结果写成 JSON"))
    parser.set_defaults(needs="words")


def run(args: argparse.Namespace) -> int:
    """Answer by the rules as they ship, in force today: no committee's own numbers, no database."""
    return answer(_decided, None if args.json else _told)


def _decided(values: Mapping[str, Any]) -> dict[str, Any]:
    from yanzhen.kernel.clock import today
    from yanzhen.mobility.declarations import PARAMETERS
    from yanzhen.mobility.rules import Limits, decide, read_case

    shipped = {parameter.key: int(parameter.on(today()).value) for parameter in PARAMETERS}
    decision = decide(read_case(values), Limits.read(shipped.__getitem__))
    return {
        "outcome": decision.outcome,
        "review_after_months": decision.review_after_months,
        "suggest_temporary_branch": decision.suggest_temporary_branch,
        "reasons": [asdict(reason) for reason in decision.reasons],
    }


def _told(found: dict[str, Any]) -> str:
    outcomes = {
        "note": _("开党员证明信"),
        "certificate": _("办理流动党员活动证"),
        "transfer": _("接转组织关系"),
    }
    reasons = [f"· {one['text']}\n  {_('依据')}：{one['source']}" for one in found["reasons"]]
    return "\n".join([outcomes[found["outcome"]], *reasons])
