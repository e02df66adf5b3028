"""What stops a page and is no bug, in a sentence that says what to do: keys that are gone, a full disk, a
character that no database takes."""

from __future__ import annotations

import sqlite3

from django.db import DataError, OperationalError
from django.utils.translation import gettext as _

from yanzhen.kernel.errors import DomainError
from yanzhen.vault.keys import Unreadable

# What a database says when there is no room, or its files cannot be written to: SQLite's result codes without their
# detail, PostgreSQL's SQLSTATE (appendix A: disk_full, read_only_sql_transaction, io_error).
_SQLITE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_SQLSTATES = ("53100", "25006", "58030")
_NUL = ("(0x00)", "\\u0000")  # how PostgreSQL names the one character that it takes in no text and no JSON


def in_words(error: Exception) -> DomainError | None:
    """The refusal that people read; None for a bug."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, Unreadable):
        return DomainError(
            _(
                "密封保存的内容打不开，多半是密钥文件 keys.json 换了或者坏了，什么都没有改动。请管理员从备份里放回来。"
            ),
            code="unreadable",
        )
    if isinstance(error, OperationalError) and _has_no_room(error):
        return DomainError(
            _("服务器的磁盘满了，或者写不进去，什么都没有改动。请管理员腾出空间，再办一次。"), code="not_kept"
        )
    if isinstance(error, DataError) and any(it in str(error) for it in _NUL):
        return DomainError(_("发来的内容里有一个不能用的字符，请去掉再试。"), code="character")
    return None


def _has_no_room(error: OperationalError) -> bool:
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    return getattr(cause, "sqlstate", None) in _SQLSTATES or (code is not None and code & 0xFF in _SQLITE)
