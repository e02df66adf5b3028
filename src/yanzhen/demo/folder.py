"""Where fictional data may be: a marker in the data folder, and the guard that keeps it out of real data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _

from yanzhen.kernel.errors import DomainError

MARKER = "demo.json"


@dataclass(frozen=True)
class Marker:
    """What was built here: by which version of the program, how large, on which day."""

    made_by: str
    purpose: str  # "demo" or "simulate"
    members: int
    seed: int
    built_on: str


def read() -> Marker | None:
    """The marker of this data folder; None where nothing fictional was built here."""
    try:
        return Marker(**json.loads(_path().read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write(marker: Marker) -> None:
    """Say that what is here is fictional, and how it was made."""
    _path().write_text(json.dumps(asdict(marker), indent=1), "utf-8")


def version() -> str:
    """Names the schema and the town's text: a town built by another version is built again."""
    package = Path(__file__).parent.parent
    digest = sha256()
    for path in sorted([*package.glob("*/migrations/*.py"), *package.glob("demo/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def clear() -> None:
    """An empty database, made from an empty one or from one that carries the marker; a refusal for any other."""
    if not _holds_anything():
        return
    if read() is None:
        raise DomainError(_("这里已经有正式的数据，示例数据不会放进来；请用 YANZHEN_DATA 指定一个空文件夹。"))
    if connection.vendor != "sqlite":
        raise DomainError(_("这个数据库里是旧的示例数据，请换一个空的数据库。"))
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    connections.close_all()
    for path in (file, *(file.with_name(file.name + tail) for tail in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)
    _path().unlink()


def _holds_anything() -> bool:
    """Whether the database has tables of somebody else's, or units or accounts of ours."""
    tables = set(connection.introspection.table_names())
    if not tables:
        return False
    if not {"org_unit", "accounts_account"} <= tables:
        return "django_migrations" not in tables
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM org_unit) OR EXISTS (SELECT 1 FROM accounts_account)")
        (found,) = cursor.fetchone()
    return bool(found)


def _path() -> Path:
    return Path(settings.DATA_FOLDER) / MARKER
