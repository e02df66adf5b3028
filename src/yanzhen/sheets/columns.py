"""What officers correct about columns, kept for their committee and the layout: the next such roster is read right."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from yanzhen.sheets.models import Batch, KnownLayout
from yanzhen.sheets.recognition import ANY_FIELD, Roster

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
        letter: key for letter, key in told.items() if letter in letters and (key is None or key in ANY_FIELD)
    }
    batch.recalled = bool(batch.fields)


def correct(batch: Batch, plain: Roster, fields: Mapping[str, str | None]) -> None:
    """Add corrections. What `plain`, the roster as it was recognized, is sure of anyway is none."""
    sure = {it.letter: it.field for it in plain.columns if it.confidence >= SURE}
    asked = {**batch.fields, **{letter.strip().upper(): key for letter, key in fields.items()}}
    batch.fields = {letter: key for letter, key in asked.items() if letter not in sure or sure[letter] != key}
    batch.recalled = False


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
    return batch.path[:4]
