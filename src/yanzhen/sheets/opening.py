"""Opening the roster of a batch, with the sheet and the columns as the officer corrected them."""

from __future__ import annotations

from yanzhen.kernel import clock
from yanzhen.kernel.errors import DomainError
from yanzhen.sheets import storage
from yanzhen.sheets.models import Batch
from yanzhen.sheets.recognition import Roster, RosterError, open_roster

ROSTER = "roster"


class Unrecognized(DomainError):
    """The file is no roster that can be read; `code` says why, `sheets` are those to choose from where several fit."""

    def __init__(self, refusal: RosterError) -> None:
        super().__init__(str(refusal), code=refusal.code)
        self.sheets = refusal.candidates


def recognize(data: bytes, batch: Batch, *, corrected: bool = True) -> Roster:
    """The roster in `data`, read as the batch says. Raises Unrecognized."""
    fields = batch.fields if corrected else {}
    try:
        return open_roster(
            data, batch.file_name, sheet=batch.sheet or None, fields=fields, today=clock.today()
        )
    except RosterError as refusal:
        raise Unrecognized(refusal) from refusal


def open_batch(batch: Batch) -> Roster:
    """The roster that was handed in. Raises Unrecognized; NotFound where its file is gone."""
    return recognize(storage.fetch(batch.id, ROSTER), batch)


def as_recognized(batch: Batch) -> Roster:
    """The same without anybody's corrections of its columns."""
    return recognize(storage.fetch(batch.id, ROSTER), batch, corrected=False)
