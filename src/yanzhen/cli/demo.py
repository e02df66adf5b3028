"""`yanzhen demo`: builds the fictional town 云岭县青禾镇 through the acts, then serves it."""

from __future__ import annotations

import argparse
import os
from gettext import gettext as _

from yanzhen.cli import serve, start
from yanzhen.cli.parser import whole_number
from yanzhen.cli.progress import Line

FOLDER = "data/demo"


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen demo [--port P] [--no-serve] [--members N] [--fresh]`."""
    parser = commands.add_parser(
        "demo",
        help=_("建立示例镇（云岭县青禾镇，纯属虚构）并启动"),
        description=_(
            "建立虚构的示例镇并启动网页服务。数据放在 data/demo（或 YANZHEN_DATA 指定的空文件夹），"
            "不会进入正式的数据；再次启动时沿用。"
        ),
    )
    serve.add_options(parser)
    parser.add_argument("--no-serve", action="store_true", help=_("只建立，不启动网页服务"))
    parser.add_argument(
        "--members", type=whole_number(100, 10_000), metavar="N", help=_("党员人数，默认 600")
    )
    parser.add_argument("--fresh", action="store_true", help=_("丢掉原来的示例镇，从今天重新建立"))
    parser.set_defaults(needs="nothing")


def run(args: argparse.Namespace) -> int:
    """Build the town where it does not stand yet; print who can sign in; serve."""
    if not args.no_serve:
        serve.claim(args.address, args.port)
    os.environ["YANZHEN_DATA"] = os.environ.get("YANZHEN_DATA") or FOLDER
    start.django()
    from django.conf import settings

    from yanzhen.demo import folder, town
    from yanzhen.demo.build import PURPOSE, build, stands

    if args.fresh or start.behind() or not stands(members=args.members):
        folder.clear(purpose=PURPOSE)
        start.database()
        size = args.members or town.MEMBERS
        build(members=size, progress=Line(_("正在建立示例镇（%(members)d 名党员）") % {"members": size}))
    settings.DEMO = True
    _introduce(serve.url(args.address, args.port))
    if args.no_serve:
        return 0
    return serve.serve(args.address, args.port, workers=2)


def _introduce(url: str) -> None:
    """The address, one sign-in a role, and that none of it is real."""
    from yanzhen.demo import folder, town

    marker = folder.read()
    print(
        _("云岭县青禾镇是虚构的，人名、号码、住址都是编的；数据截至 %(day)s。")
        % {"day": marker.built_on if marker else "—"}
    )
    print(f"\n    {url}\n")
    for person, role in (
        (town.OFFICER, _("组织干事")),
        (town.SECRETARY, _("支部书记（青石村）")),
        (town.KEEPER, _("联系人（青石村）")),
        (town.MEMBER, _("党员（在杭州务工）")),
        (town.INSPECTOR, _("督查")),
    ):
        print(f"    {person.username:<14}{person.name}  {role}")
    print("\n    " + _("密码都是 %(password)s；按 Ctrl-C 停止。") % {"password": town.PASSWORD}, flush=True)
