"""The files of a batch: the roster as it was handed in and the report of its import, sealed, in the data folder.

uploads/<batch>/roster, report     sealed under the installation's key, bound to the batch
                progress.json      counts only
                cancel             there when somebody asked to stop
"""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from yanzhen.kernel.errors import NotFound
from yanzhen.vault.sealed import seal_file, unseal_file


def folder(batch_id: UUID) -> Path:
    """Where the files of a batch lie."""
    return Path(settings.DATA_FOLDER) / "uploads" / str(batch_id)


def keep(batch_id: UUID, name: str, data: bytes) -> None:
    """Keep `data` sealed as `name`, whole or not at all."""
    place = folder(batch_id)
    place.mkdir(parents=True, exist_ok=True)
    draft = place / f"{name}.part"
    draft.write_bytes(seal_file(data, place=f"uploads.{name}", row=batch_id))
    draft.replace(place / name)


def fetch(batch_id: UUID, name: str) -> bytes:
    """What was kept as `name`; NotFound where the file is gone."""
    try:
        content = (folder(batch_id) / name).read_bytes()
    except FileNotFoundError:
        raise NotFound(_("这份花名册的文件已经不在了，请重新上传。")) from None
    return unseal_file(content, place=f"uploads.{name}", row=batch_id)


def forget(batch_id: UUID) -> None:
    """Take all files of a batch away."""
    shutil.rmtree(folder(batch_id), ignore_errors=True)
