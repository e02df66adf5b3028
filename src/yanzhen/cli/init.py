"""`yanzhen init`: an empty committee and its officer."""

from __future__ import annotations

import argparse
import json
import os
import sys
from getpass import getpass
from gettext import gettext as _

from yanzhen.kernel.errors import DomainError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen init --unit NAME --admin USER`."""
    parser = commands.add_parser(
        "init",
        help=_("建立一个党委和它的组织干事"),
        description=_(
            "建立一个空的党委和一名组织干事。密码在终端输入，或者放在环境变量 YANZHEN_ADMIN_PASSWORD 里。"
        ),
    )
    parser.add_argument(
        "--unit", required=True, metavar=_("名称"), help=_("党委的名称，例如“云岭县青禾镇党委”")
    )
    parser.add_argument("--admin", required=True, metavar=_("用户名"), help=_("组织干事登录用的用户名"))
    parser.add_argument("--json", action="store_true", help=_("只输出一个 JSON"))


def run(args: argparse.Namespace) -> int:
    """Found the committee, make the account, appoint it; print the committee's code."""
    from django.db import transaction

    from yanzhen.accounts.models import Account
    from yanzhen.accounts.services import appoint, create_account
    from yanzhen.kernel.actor import system
    from yanzhen.org.models import Unit
    from yanzhen.org.services import found_root

    actor = system("yanzhen init")
    if Unit.objects.filter(parent__isnull=True, name=args.unit.strip()).exists():
        raise DomainError(_("已经有叫“%(name)s”的党委了。") % {"name": args.unit.strip()})
    admin = args.admin.strip().lower()
    if Account.objects.filter(username=admin).exists():
        raise DomainError(_("已经有用户名“%(name)s”了，请换一个。") % {"name": admin})
    password = _password()
    with transaction.atomic():
        unit = found_root(actor=actor, name=args.unit)
        account = create_account(
            actor=actor, username=admin, name=args.admin.strip(), password=password, unit_id=unit.id
        )
        appoint(actor=actor, account_id=account.id, unit_id=unit.id, role="officer")
    if args.json:
        print(
            json.dumps({"unit": unit.name, "code": unit.code, "admin": account.username}, ensure_ascii=False)
        )
    else:
        print(
            _("已建立“%(unit)s”，代码 %(code)s；%(admin)s 是组织干事。")
            % {"unit": unit.name, "code": unit.code, "admin": account.username}
        )
        print(_("接下来：yanzhen serve，用 %(admin)s 登录，导入花名册。") % {"admin": account.username})
    return 0


def _password() -> str:
    told = os.environ.get("YANZHEN_ADMIN_PASSWORD")
    if told:
        return told
    if not sys.stdin.isatty():
        raise DomainError(_("请在终端里运行，或者用环境变量 YANZHEN_ADMIN_PASSWORD 给出密码。"))
    first = getpass(_("给组织干事设一个密码（至少 10 个字符）："), stream=sys.stderr)
    if getpass(_("再输入一次："), stream=sys.stderr) != first:
        raise DomainError(_("两次输入的密码不一样，请重新运行。"))
    return first
