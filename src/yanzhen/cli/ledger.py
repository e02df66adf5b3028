"""`yanzhen ledger`: whether any fact was changed, taken away or slipped in since it was sealed."""

from __future__ import annotations

import argparse
import json
import sys
from gettext import gettext as _


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen ledger verify`."""
    parser = commands.add_parser("ledger", help=_("核对台账有没有被改动"))
    steps = parser.add_subparsers(dest="step", required=True, title=_("命令"), metavar=_("命令"))
    does = _("逐条核对台账的封印；遇到第一处被改动的地方，退出码为 1")
    step = steps.add_parser("verify", help=does, description=does)
    step.add_argument("--json", action="store_true", help=_("只输出一个 JSON"))


def run(args: argparse.Namespace) -> int:
    """Go through each chain and print its last seal; stop at the first break."""
    from yanzhen.ledger.sealing import Break, verify
    from yanzhen.org.models import Unit

    names = dict(Unit.objects.filter(parent__isnull=True).values_list("path", "name"))
    chains: list[dict[str, object]] = []
    broken: Break | None = None
    for answer in verify():
        if isinstance(answer, Break):
            broken = answer
            break
        name = names.get(answer.chain, answer.chain)
        told = {
            "chain": answer.chain,
            "unit": name,
            "number": answer.number,
            "facts": answer.facts,
            "seal": answer.digest,
        }
        chains.append(told)
        if not args.json:
            print(_("%(unit)s：%(facts)d 条事实，%(number)d 次封印，最后一次 %(seal)s") % told)
    if args.json:
        where = {"chain": broken.chain, "number": broken.number, "what": broken.what} if broken else None
        print(json.dumps({"chains": chains, "broken": where}))
    if broken is not None:
        print(
            _("台账在 %(chain)s 的第 %(number)d 次封印处对不上：%(what)s。")
            % {"chain": names.get(broken.chain, broken.chain), "number": broken.number, "what": broken.what},
            file=sys.stderr,
        )
        return 1
    if not chains and not args.json:
        print(_("台账里还没有事实。"))
    return 0
