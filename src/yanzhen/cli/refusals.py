"""What goes wrong, as one sentence on stderr and an exit code; never a traceback."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from gettext import gettext as _

from yanzhen.kernel.errors import DomainError

REFUSED = 1
_UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR)
INTERRUPTED = 130  # 128 + SIGINT, as shells count it


def answered(run: Callable[[], int]) -> int:
    """The exit code of `run`; a refusal, a broken pipe, Ctrl-C and what the machine refuses have theirs."""
    try:
        return run()
    except DomainError as refusal:
        return _refuse(refusal.sentence)
    except KeyboardInterrupt:
        print(_("已停止。"), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; the interpreter would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as problem:
        return _refuse(_of_the_system(problem))
    except Exception as problem:  # noqa: BLE001 - the outermost door: people get a sentence, whoever debugs all of it
        return _refuse(_of_the_database(problem) or _bug(problem))


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _of_the_system(problem: OSError) -> str:
    where = problem.filename or "—"
    if isinstance(problem, FileNotFoundError):
        return _("找不到 %(where)s。") % {"where": where}
    if problem.errno in _UNWRITABLE:
        return _("%(where)s 不能写入，或者没有权限；数据目录用环境变量 YANZHEN_DATA 指定。") % {
            "where": where
        }
    return _("系统不让做：%(why)s（%(where)s）。") % {"why": problem.strerror or problem, "where": where}


def _of_the_database(problem: Exception) -> str | None:
    import dj_database_url
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, InterfaceError

    if isinstance(problem, ImproperlyConfigured):
        return _("设置不对：%(why)s") % {"why": problem}
    if isinstance(problem, dj_database_url.ParseError | dj_database_url.UnknownSchemeError):
        return _("环境变量 YANZHEN_DATABASE_URL 的写法不对，例如 postgres://用户:密码@主机/库名。")
    if isinstance(problem, DatabaseError | InterfaceError):
        first = str(problem).strip().splitlines()[:1]
        return _("数据库用不了：%(why)s。") % {"why": " ".join(first) or type(problem).__name__}
    return None


def _bug(problem: Exception) -> str:
    if os.environ.get("YANZHEN_DEBUG") == "1":
        traceback.print_exc()
    return _("程序内部出错：%(what)s。设置 YANZHEN_DEBUG=1 再运行一次，可以看到细节。") % {
        "what": f"{type(problem).__name__}: {problem}".splitlines()[0]
    }
