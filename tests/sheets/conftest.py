"""The officer's desk: hand a roster in, import it, take it back, as 周慧 of 青禾镇."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import cast as the_cast
from tests.sheets.books import roster
from yanzhen.kernel.actor import Actor
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.sheets import services
from yanzhen.sheets.models import Batch
from yanzhen.sheets.outcome import Outcome
from yanzhen.sheets.records import records


@dataclass
class Desk:
    """周慧's desk. Rows are given by field key."""

    cast: the_cast.Cast

    @property
    def officer(self) -> Actor:
        return self.cast.actor("zhouhui")

    def stage(self, *rows: Mapping[str, Value]) -> Batch:
        """Hand in a roster of these rows for the town."""
        return services.stage(
            actor=self.officer, unit_id=self.cast.town.id, file_name="名册.xlsx", data=roster(*rows)
        )

    def bring_in(self, *rows: Mapping[str, Value], yes: bool = True) -> Outcome:
        """Hand in a roster of these rows and import it."""
        return services.apply(actor=self.officer, batch_id=self.stage(*rows).id, confirm_new_units=yes)

    def undo(self, done: Outcome) -> Batch:
        return services.undo(actor=self.officer, batch_id=done.batch_id)

    def record(self, name: str) -> dict[str, Value]:
        """What the base knows of the one member of that name."""
        member = Member.objects.select_related("unit").get(name=name)
        return records([member])[member.id]


@pytest.fixture
def desk(data_folder: Path, cast: the_cast.Cast) -> Desk:
    """The desk with the cast around it, its files in a folder of the test's own."""
    return Desk(cast)
