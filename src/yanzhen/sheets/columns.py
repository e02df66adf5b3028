"""What officers correct about columns, kept for their committee and the layout: the next such roster is read right."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from hashlib import sha256
from itertools import islice

from yanzhen.kernel.paths import WIDTH
from yanzhen.sheets.models import Batch, KnownLayout
from yanzhen.sheets.plan import LOOKED_AT
from yanzhen.sheets.recognition import ANY_FIELD, Column, Roster

# The column that correction workbooks add; it makes no other layout.
PROBLEMS = "问题"
# From here on the page calls a column certain; below it, leaving it as it is confirms it.
SURE = 0.8


def fingerprint(roster: Roster) -> str:
    """What tells one layout from another: the headings and the columns they stand in, nothing of the people below."""
    headings = [f"{it.letter} {it.heading}" for it in roster.columns if it.heading not in ("", PROBLEMS)]
    return sha256("\n".join(headings).encode()).hexdigest()


def recall(batch: Batch, roster: Roster) -> None:
    """Read the batch as the last roster of this committee with the same headings was corrected."""
    known = KnownLayout.objects.filter(path=_root(batch), fingerprint=fingerprint(roster)).first()
    letters = {it.letter for it in roster.columns}
    told = known.fields if known else {}
    batch.fields = {
        name: key
        for name, key in told.items()
        if (name in letters or ":" in name) and (key is None or key in ANY_FIELD)
    }
    batch.recalled = bool(batch.fields)


def correct(batch: Batch, plain: Roster, fields: Mapping[str, str | None]) -> None:
    """Add corrections. What `plain`, the roster as it was recognized, is sure of anyway is none."""
    if any(":" in name for name in fields):
        deque(islice(plain.rows(), LOOKED_AT), maxlen=0)  # what stands below is known once it was walked to
    known = called(plain)
    sure = {name: it.field for name, it in known.items() if it.confidence >= SURE}
    told = {name.strip().upper(): key for name, key in fields.items()}
    asked = {**batch.fields, **{name: key for name, key in told.items() if name in known or ":" not in name}}
    batch.fields = {name: key for name, key in asked.items() if name not in sure or sure[name] != key}
    batch.recalled = False


def called(roster: Roster) -> dict[str, Column]:
    """The columns by what corrections call them: their letter, with the key of a table below in front."""
    below = {f"{table.key}:{it.letter}": it for table in roster.below for it in table.columns}
    return {it.letter: it for it in roster.columns} | below


def remember(batch: Batch, plain: Roster) -> None:
    """Keep the batch's corrections for the next roster."""
    if not batch.fields:
        forget(batch, plain)
        return
    KnownLayout.objects.update_or_create(
        path=_root(batch), fingerprint=fingerprint(plain), defaults={"fields": batch.fields}
    )


def forget(batch: Batch, plain: Roster) -> None:
    """Read the batch, and the next roster, as recognized."""
    KnownLayout.objects.filter(path=_root(batch), fingerprint=fingerprint(plain)).delete()
    batch.fields, batch.recalled = {}, False


def _root(batch: Batch) -> str:
    return batch.path[:WIDTH]
