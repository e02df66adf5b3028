"""The keys of one installation: one file in the data folder, readable by its owner only, made at first need."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = "keys.json"


class Unreadable(Exception):
    """A sealed value was altered, moved to another place, or its key is gone."""


@dataclass(frozen=True)
class Keys:
    """Key material by use. Each use has a key of its own, so that none can be turned into another."""

    current: str  # the id under which new values are sealed
    ciphers: dict[str, tuple[str, bytes]]  # key id → (algorithm, key)
    index: bytes  # blind index
    seal: bytes  # the ledger's chain


def load(folder: Path) -> Keys:
    """The keys kept in `folder`, made there when it has none yet; Unreadable where the file is damaged."""
    path = folder / _FILE
    if not path.exists():
        _make(path)
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Keys(
            current=kept["current"],
            ciphers={k: (v["algorithm"], bytes.fromhex(v["key"])) for k, v in kept["ciphers"].items()},
            index=bytes.fromhex(kept["index"]),
            seal=bytes.fromhex(kept["seal"]),
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as why:
        raise Unreadable(str(path)) from why


@lru_cache(maxsize=8)
def _cached(folder: str) -> Keys:
    return load(Path(folder))


def are_there() -> bool:
    """Whether the data folder has keys, or will get new ones at first need."""
    from django.conf import settings

    return (Path(settings.DATA_FOLDER) / _FILE).exists()


def keys() -> Keys:
    """The keys of the data folder in force (`YANZHEN_DATA`)."""
    from django.conf import settings

    return _cached(str(settings.DATA_FOLDER))


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    algorithm = os.environ.get("YANZHEN_CIPHER", "SM4")
    fresh = {
        "current": "k1",
        "ciphers": {"k1": {"algorithm": algorithm, "key": secrets.token_hex(16)}},
        "index": secrets.token_hex(32),
        "seal": secrets.token_hex(32),
    }
    # Written beside and linked into place: two processes that start at once keep the keys of the first.
    draft = path.with_name(f"keys.{os.getpid()}.tmp")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(fresh, indent=1), "utf-8")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
