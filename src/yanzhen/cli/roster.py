"""`yanzhen roster`: look at a roster, import it, take an import back."""

from __future__ import annotations

import argparse
import json
import sys
import time
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from yanzhen.kernel import clock
from yanzhen.kernel.errors import DomainError

if TYPE_CHECKING:
    from yanzhen.kernel.actor import Actor
    from yanzhen.sheets.outcome import Outcome
    from yanzhen.sheets.recognition import Problem, Roster

_SHOWN = 20  # rows left out that are printed; --json has all of them


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen roster check|import|undo`."""
    parser = commands.add_parser("roster", help=_("识别、导入花名册，撤销导入"))
    steps = parser.add_subparsers(dest="step", required=True, title=_("步骤"), metavar=_("步骤"))
    check = steps.add_parser("check", help=_("识别一份花名册，什么都不改动"))
    check.set_defaults(needs="words")
    bring_in = steps.add_parser("import", help=_("导入一份花名册，成为一个批次"))
    bring_in.add_argument("--unit", required=True, metavar=_("代码"), help=_("党组织的代码，或者唯一的名称"))
    bring_in.add_argument(
        "--known-units", action="store_true", help=_("花名册里有还没建立的党支部时不导入（默认一起建立）")
    )
    undo = steps.add_parser("undo", help=_("整批撤销一次导入"))
    undo.add_argument("batch", type=UUID, metavar=_("批次"), help=_("导入时给出的批次号"))
    for step in (check, bring_in):
        step.add_argument("file", type=Path, metavar=_("文件"), help=_(".xlsx、.xls、.et 或 .csv 文件"))
        step.add_argument("--sheet", metavar=_("工作表"), help=_("工作表的名称，默认自己找"))
    for step in (bring_in, undo):
        step.add_argument("--actor", required=True, metavar=_("用户名"), help=_("以谁的身份办理"))
    for step in (check, bring_in, undo):
        step.add_argument("--json", action="store_true", help=_("只输出一个 JSON"))


def run(args: argparse.Namespace) -> int:
    """Do the step; a refusal is raised as a DomainError."""
    return {"check": _check, "import": _import, "undo": _undo}[args.step](args)


def _check(args: argparse.Namespace) -> int:
    from yanzhen.sheets.recognition import RosterError, open_roster

    try:
        roster = open_roster(_content(args.file), args.file.name, sheet=args.sheet, today=clock.today())
        if args.json:
            _print_json(roster)
        else:
            _print_words(roster)
    except RosterError as refusal:
        raise DomainError(str(refusal), code=refusal.code) from refusal
    return 0


def _print_json(roster: Roster) -> None:
    """The contract's document, written row by row: a roster of 100,000 rows is never held whole."""
    head = {
        "sheet": roster.sheet,
        "header_rows": list(roster.header_rows),
        "columns": [{"column": it.letter, "heading": it.heading, "field": it.field} for it in roster.columns],
    }
    out = sys.stdout
    out.write(_json(head)[:-1] + ', "rows": [')
    for number, row in enumerate(roster.rows()):
        told = {"row": row.row, "values": row.values, "problems": [_problem(it) for it in row.problems]}
        out.write((",\n" if number else "\n") + _json(told))
    skipped = [{"row": it.row, "reason": it.reason} for it in roster.skipped]
    out.write(f'], "skipped": {_json(skipped)}}}\n')


def _print_words(roster: Roster) -> None:
    for column in roster.columns:
        print(f"{column.letter:>3}  {column.heading}  →  {column.field or '—'}")
    count = wrong = 0
    for row in roster.rows():
        count += 1
        wrong += bool(row.problems)
        for problem in row.problems:
            print(_("第 %(row)d 行：%(what)s") % {"row": row.row, "what": problem.message})
    print(_("共 %(count)d 行，其中 %(wrong)d 行有问题。") % {"count": count, "wrong": wrong})


def _import(args: argparse.Namespace) -> int:
    from yanzhen.org.queries import unit_by_code
    from yanzhen.sheets import services, tasks

    actor = _actor(args.actor)
    unit = unit_by_code(actor=actor, permission="sheets.import", code=args.unit)
    data = _content(args.file)
    batch = services.stage(
        actor=actor, unit_id=unit.id, file_name=args.file.name, data=data, sheet=args.sheet
    )
    line = _Line()
    try:
        outcome = tasks.run(actor=actor, batch_id=batch.id, confirm_new_units=not args.known_units, also=line)
    except DomainError:
        services.discard(actor=actor, batch_id=batch.id)
        raise
    finally:
        line.end()
    if args.json:
        print(_json(outcome_json(outcome)))
    else:
        _print_outcome(outcome)
    return 0


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """What an import did, as `--json` prints it."""
    return {
        "batch": str(outcome.batch_id),
        **outcome.counts,
        "new_units": list(outcome.new_units),
        "notes": list(outcome.notes),
        "left_out": [_row(it.row, it.problems) for it in outcome.left_out],
        "problems": [_row(it.row, it.problems) for it in outcome.with_problems],
    }


def _print_outcome(outcome: Outcome) -> None:
    print(
        _("已导入：新增 %(added)d 人，更新 %(changed)d 人，没有变化 %(same)d 人，没有导入 %(left_out)d 行。")
        % outcome.counts
    )
    if outcome.new_units:
        names = "、".join(outcome.new_units[:_SHOWN])
        print(_("新建党组织 %(count)d 个：%(names)s") % {"count": len(outcome.new_units), "names": names})
    for note in outcome.notes:
        print(note)
    for row in outcome.left_out[:_SHOWN]:
        print(_("第 %(row)d 行没有导入：%(why)s") % {"row": row.row, "why": row.problems[-1].message})
    if len(outcome.left_out) > _SHOWN:
        print(_("还有 %(count)d 行没有导入，用 --json 看全部。") % {"count": len(outcome.left_out) - _SHOWN})
    print(_("批次号：%(batch)s") % {"batch": outcome.batch_id})


def _undo(args: argparse.Namespace) -> int:
    from yanzhen.sheets import services

    counts = services.undo(actor=_actor(args.actor), batch_id=args.batch).counts
    if args.json:
        print(_json({"batch": str(args.batch), **counts}))
    else:
        print(_("已撤销：移除 %(added)d 人，恢复 %(changed)d 人。") % counts)
    return 0


def _actor(username: str) -> Actor:
    from yanzhen.accounts.actors import actor_for
    from yanzhen.accounts.models import Account
    from yanzhen.kernel.actor import Door

    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise DomainError(_("没有用户名是“%(name)s”的账号。") % {"name": username})
    return actor_for(account, door=Door.SHEET)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except IsADirectoryError:
        raise DomainError(_("%(file)s 是一个文件夹，请给出花名册文件。") % {"file": file}) from None
    except FileNotFoundError:
        raise DomainError(_("找不到文件 %(file)s。") % {"file": file}) from None


def _row(row: int, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {"row": row, "problems": [_problem(it) for it in problems]}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"field": problem.field, "code": problem.code, "message": problem.message}


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False)


class _Line:
    """Progress as one line on a terminal, written over itself; nothing where nobody looks."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._shows = sys.stderr.isatty()

    def __call__(self, done: int) -> None:
        if self._shows:
            told = {"done": done, "seconds": time.monotonic() - self._began}
            print("\r" + _("已处理 %(done)d 行，%(seconds)d 秒") % told, end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line as it stands."""
        if self._shows:
            print(file=sys.stderr)
