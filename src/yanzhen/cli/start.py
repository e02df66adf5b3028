"""What a command needs before it runs: words only, or Django with a database whose tables are up to date."""

from __future__ import annotations

import os
from gettext import gettext as _

from yanzhen.kernel.errors import DomainError

SETTINGS = "yanzhen.config.settings"


def words() -> None:
    """Enough of Django for the sentences of pure rules, in the language they were written in; settings that the
    environment names are for commands with a database."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


def django() -> None:
    """Django, set up; nothing is asked of the database yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django import setup

    setup()


def database() -> None:
    """Django, and the database's tables made or brought up to date where they are not.

    DomainError where the keys to what is kept are gone: new ones would open nothing, and seal beside it.
    """
    django()
    if behind():
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
    from django.conf import settings

    from yanzhen.ledger.models import Fact
    from yanzhen.vault.keys import are_there

    if not are_there() and Fact.objects.exists():
        told = _(
            "数据目录 %(where)s 里没有密钥文件 keys.json，号码和备注打不开。请从备份里放回来，再运行一次。"
        )
        raise DomainError(told % {"where": settings.DATA_FOLDER})


def behind() -> bool:
    """Whether migrations wait: one query, and the names of the migrations' files."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    return not set(loader.graph.nodes) <= set(loader.applied_migrations)


def nothing() -> None:
    """The command sees to itself."""


PREPARE = {"database": database, "words": words, "nothing": nothing}
