"""argparse in Chinese: its headings, its `--help` and its complaints."""

from __future__ import annotations

import argparse
import re
import sys
from gettext import gettext as _
from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """A parser whose words are ours; a wrong call is one sentence and exit code 2."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(**kwargs, add_help=False)
        self._positionals.title = _("参数")
        self._optionals.title = _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示这段说明"))

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", _("用法："), 1)

    def error(self, message: str) -> NoReturn:
        print(
            _("%(what)s 用法见 %(command)s --help。") % {"what": _complaint(message), "command": self.prog},
            file=sys.stderr,
        )
        raise SystemExit(2)


def top_parser() -> tuple[Parser, argparse._SubParsersAction[Parser]]:
    """The parser of `yanzhen` itself, and where its commands register."""
    parser = Parser(prog="yanzhen", description=_("雁阵：流动党员教育管理。"))
    commands = parser.add_subparsers(dest="command", required=True, title=_("命令"), metavar=_("命令"))
    return parser, commands


def _complaint(message: str) -> str:
    """argparse's complaint as a Chinese sentence; its own words stay where we have none."""
    for pattern, sentence in (
        (r"the following arguments are required: (?P<what>.+)", _("缺少 %(what)s。")),
        (r"unrecognized arguments: (?P<what>.+)", _("不认识 %(what)s。")),
        (r"(?:argument (?P<name>\S+): )?invalid choice: (?P<what>'.*?') .*", _("没有 %(what)s 这个选择。")),
        (r"argument (?P<name>\S+): invalid \w+ value: (?P<what>.+)", _("%(name)s 的值 %(what)s 不对。")),
        (r"argument (?P<name>\S+): expected .*argument.*", _("%(name)s 后面要写一个值。")),
        (
            r"argument (?P<name>\S+): not allowed with argument (?P<what>\S+)",
            _("%(name)s 和 %(what)s 不能一起用。"),
        ),
        (r"argument (?P<name>\S+): (?P<what>.+)", "%(name)s：%(what)s"),
    ):
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return sentence % found.groupdict()
    return message


def whole_number(low: int, high: int) -> Any:
    """A type for `add_argument`: a whole number from `low` to `high`."""

    def read(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(
                _("要 %(low)s 到 %(high)s 之间的整数，不是“%(text)s”。")
                % {"low": low, "high": high, "text": text}
            )
        return int(text)

    return read
