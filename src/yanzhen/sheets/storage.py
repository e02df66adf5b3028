"""The files of a batch: the roster as it was handed in and the report of its import, sealed, in the data folder.

uploads/<batch>/roster, report     sealed under the installation's key, bound to the batch
                progress.json      counts only
                cancel             there when somebody asked to stop
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from yanzhen.kernel.errors import DomainError, NotFound
from yanzhen.vault.sealed import seal_file, unseal_file


def folder(batch_id: UUID) -> Path:
    """Where the files of a batch lie."""
    return Path(settings.DATA_FOLDER) / "uploads" / str(batch_id)


class NotKept(DomainError):
    """The machine did not let a file be written: its disk is full, or not ours to write to."""

    code = "not_kept"


@contextmanager
def in_words() -> Iterator[None]:
    """Say in a sentence what the machine refuses; raises NotKept."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (ENOSPC, EDQUOT):
            sentence = _("服务器的磁盘满了，文件存不下，什么都没有改动。请管理员腾出空间，再办一次。")
        else:
            sentence = _("服务器存不了文件（%(why)s），什么都没有改动。请告诉管理员，好了再办一次。")
        raise NotKept(sentence % {"why": fault.strerror or fault}) from fault


def keep(batch_id: UUID, name: str, data: bytes) -> None:
    """Keep `data` sealed as `name`, whole or not at all. Raises NotKept."""
    write(batch_id, name, seal_file(data, place=f"uploads.{name}", row=batch_id))


def write(batch_id: UUID, name: str, data: bytes) -> None:
    """Write `data` as it is: a reader sees what was there before, or this. Raises NotKept."""
    place = folder(batch_id)
    draft = place / f"{name}.part"
    with in_words():
        place.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(data)
            draft.replace(place / name)
        except OSError:
            draft.unlink(missing_ok=True)  # half a file would keep the disk full
            raise


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
