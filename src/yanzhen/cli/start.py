"""What a command needs before it runs: words only, or Django with a database whose tables are up to date."""

from __future__ import annotations

import os

SETTINGS = "yanzhen.config.settings"


def words() -> None:
    """Enough of Django for the sentences of pure rules, in the language they were written in."""
    from django.conf import settings

    if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
        settings.configure(USE_I18N=False)


def django() -> None:
    """Django, set up; nothing is asked of the database yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django import setup

    setup()


def database() -> None:
    """Django, and the database's tables made or brought up to date where they are not."""
    django()
    if behind():
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)


def behind() -> bool:
    """Whether migrations wait: one query, and the names of the migrations' files."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    return not set(loader.graph.nodes) <= set(loader.applied_migrations)


def nothing() -> None:
    """The command sees to itself."""


PREPARE = {"database": database, "words": words, "nothing": nothing}
