"""Where fictional data may be: a marker in the data folder, and the guard that keeps it out of real data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _

from yanzhen.kernel import clock
from yanzhen.kernel.errors import DomainError

MARKER = "demo.json"


@dataclass(frozen=True)
class Marker:
    """What was built here: for what, how large, from which seed, on which day, by which version, in which database."""

    purpose: str
    members: int
    seed: int
    built_on: str
    made_by: str
    database: str


def read() -> Marker | None:
    """The marker of this data folder; None where nothing fictional was built here, or in another database."""
    try:
        marker = Marker(**json.loads(_path().read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return marker if marker.database == _database() else None


def write(*, purpose: str, members: int, seed: int) -> None:
    """Say that what is here is fictional, and how it was made."""
    marker = Marker(
        purpose=purpose,
        members=members,
        seed=seed,
        built_on=clock.today().isoformat(),
        made_by=version(),
        database=_database(),
    )
    _path().write_text(json.dumps(asdict(marker), indent=1), "utf-8")


def version() -> str:
    """Names the schema and the town's text: what another version built is built again."""
    package = Path(__file__).parent.parent
    digest = sha256()
    for path in sorted([*package.glob("*/migrations/*.py"), *package.glob("demo/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def clear(*, purpose: str) -> None:
    """Leave an empty database, from an empty one or one that was built here for this purpose; refuse any other."""
    if not _holds_anything():
        return
    marker = read()
    if marker is None:
        raise DomainError(
            _("这里已经有正式的数据，虚构的数据不会放进来；请用 YANZHEN_DATA 指定一个空文件夹。")
        )
    if marker.purpose != purpose:
        raise DomainError(_("这里是另一种虚构的数据，请用 YANZHEN_DATA 指定另一个文件夹。"))
    if connection.vendor != "sqlite":
        raise DomainError(_("这个数据库里是旧的虚构数据，请换一个空的数据库。"))
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    connections.close_all()
    for path in (file, *(file.with_name(file.name + tail) for tail in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)
    _path().unlink()


def _holds_anything() -> bool:
    """Whether the database has tables of somebody else's, or units or accounts of ours."""
    tables = set(connection.introspection.table_names())
    if not {"org_unit", "accounts_account"} <= tables:
        return bool(tables) and "django_migrations" not in tables
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM org_unit) OR EXISTS (SELECT 1 FROM accounts_account)")
        (found,) = cursor.fetchone()
    return bool(found)


def _database() -> str:
    kept = settings.DATABASES["default"]
    return f"{connection.vendor}:{kept.get('HOST', '')}:{kept.get('PORT', '')}:{kept['NAME']}"


def _path() -> Path:
    return Path(settings.DATA_FOLDER) / MARKER
