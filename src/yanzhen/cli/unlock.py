"""`yanzhen unlock USER`: lets somebody in again whom nobody above can help: the only officer without his telephone."""

from __future__ import annotations

import argparse
import json
from gettext import gettext as _

from yanzhen.kernel.errors import DomainError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen unlock USER [--json]`."""
    parser = commands.add_parser(
        "unlock",
        help=_("让登录不了的人重新进来"),
        description=_("原来的密码作废，丢失的第二道验证取消，打印一个首次登录用的验证码。会留下记录。"),
    )
    parser.add_argument("user", metavar=_("用户名"), help=_("谁登录不了"))
    parser.add_argument("--json", action="store_true", help=_("只输出一个 JSON"))


def run(args: argparse.Namespace) -> int:
    """Take the second factor away, void the password, print the code."""
    from django.db import transaction

    from yanzhen.accounts.factors import take_factors_away
    from yanzhen.accounts.models import Account
    from yanzhen.accounts.starting import reset_password
    from yanzhen.kernel.actor import system

    actor = system("yanzhen unlock")
    account = Account.objects.filter(username=args.user.strip().lower()).first()
    if account is None:
        raise DomainError(_("没有用户名“%(name)s”。") % {"name": args.user})
    with transaction.atomic():
        take_factors_away(actor=actor, account_id=account.id, reason="yanzhen unlock")
        invitation = reset_password(actor=actor, account_id=account.id)
    if args.json:
        told = {"user": account.username, "code": invitation.code, "expires_on": str(invitation.expires_on)}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(
            _("用户名 %(user)s，验证码 %(code)s，到 %(day)s 有效。请在“首次登录”里用它定新密码。")
            % {
                "user": account.username,
                "code": " ".join(invitation.groups),
                "day": invitation.expires_on,
            }
        )
    return 0
