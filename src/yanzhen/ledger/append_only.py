"""The database itself refuses to change or delete a fact or a seal: triggers, on SQLite and PostgreSQL."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("ledger_fact", "ledger_seal")
_REFUSAL = "facts are never changed or deleted"


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse from now on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
            )
        for table in TABLES:
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Let it go: only to empty a test database, and where append-only is held by privileges (Citus has no triggers)."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for action in ("update", "delete", "truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{action}{on}")


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        rows = [
            f"CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
            for action in ("update", "delete")
        ]
        truncate = (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
        )
        return [*rows, truncate]
    return [
        f"CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for action in ("update", "delete")
    ]
