"""Who is not in a roster that is said to be whole: nothing follows from it.

To find whom the rows speak of takes as long as an import reads. So the answer is kept sealed beside the roster: until
the import for as long as nothing was written that could change it, and by the import itself for good.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError, NotFound
from yanzhen.kernel.ids import first_key
from yanzhen.kernel.paths import WIDTH
from yanzhen.ledger.models import Fact
from yanzhen.people.queries import members
from yanzhen.people.timeline import LOOKS
from yanzhen.sheets import storage
from yanzhen.sheets.models import Batch, BatchState
from yanzhen.sheets.opening import open_batch
from yanzhen.sheets.plan import CHUNK, LOOKED_AT, Does, Planned, Planner
from yanzhen.sheets.queries import batch_for

_KEPT_AS = "missing"
_SLACK = 3600  # seconds: an act may write for so long before others see its facts
# What a name means is decided for all rosters of the committee.
_CHANGES = (
    Q(kind__startswith="people.member") | Q(kind__startswith="org.unit.") | Q(kind="sheets.batch.decided")
)


class Roll:
    """The units that a roster names, and whom its rows speak of or may be meant by."""

    def __init__(self) -> None:
        self._units: set[UUID] = set()
        self._met: set[UUID] = set()

    def call(self, rows: Iterable[Planned]) -> None:
        """Go through some more rows."""
        for one in rows:
            if one.place is not None:
                self._units.add(one.place.unit.id if one.place.unit else one.place.id)
            if one.member is not None:
                self._met.add(one.member.id)
            if one.does is Does.STAYS_OUT:
                self._met.update(it.id for it in one.candidates)

    def missing(self, actor: Actor) -> list[UUID]:
        """The members of these units who are not among them, by unit and name."""
        below = members(actor=actor, permission="sheets.import").filter(unit_id__in=self._units)
        in_order = below.order_by("path", "name_key", "pk").values_list("id", flat=True)
        return [key for key in in_order if key not in self._met]

    def keep(self, actor: Actor, batch: Batch) -> None:
        """Keep the answer as it is by an import."""
        _keep(batch, self.missing(actor), {"state": BatchState.APPLIED})


def missing(*, actor: Actor, batch_id: UUID) -> list[UUID]:
    """If this is the whole roster of the units it names: their members who are not in it, by unit and name; after the
    import those who were not in it then.

    Whoever may be meant by a row that nobody decided about is not missing. DomainError for a roster that is too long
    to be gone through while somebody waits, before it is imported.
    """
    batch = batch_for(actor=actor, batch_id=batch_id)
    kept = _kept(batch)
    if kept.get("state") == batch.state == BatchState.APPLIED:
        return [UUID(it) for it in kept["keys"]]
    as_of = _as_of(batch, kept.get("since") or str(first_key(time.time() - _SLACK)))
    if all(kept.get(key) == value for key, value in as_of.items()):
        return [UUID(it) for it in kept["keys"]]
    as_of = _as_of(batch, str(first_key(time.time() - _SLACK)))
    roll, seen = Roll(), 0
    planner = Planner(batch, today=clock.today())
    rows = open_batch(batch).rows()
    while chunk := list(islice(rows, CHUNK)):
        seen += len(chunk)
        if seen > LOOKED_AT:
            raise DomainError(_("名册超过 %(n)d 行，导入以后再看谁不在里面。") % {"n": LOOKED_AT})
        roll.call(planner.meet(chunk))
    keys = roll.missing(actor)
    _keep(batch, keys, as_of)
    return keys


def _as_of(batch: Batch, since: str) -> dict[str, Any]:
    """What the answer depends on besides the roster: the day, and how much was written since that could change it,
    decisions included. Facts are counted: one that is older may come to be seen later."""
    root = batch.path[:WIDTH]
    concerning = _CHANGES | Q(subject_id=batch.id)
    # An expression and not a range of the path: the last hours are a short range of the key.
    found = Fact.objects.alias(root=Substr("path", 1, WIDTH)).filter(
        concerning, root=root, id__gte=UUID(since)
    )
    return {
        "state": batch.state,
        "today": clock.today().isoformat(),
        "since": since,
        "written": found.exclude(kind__in=LOOKS).count(),
    }


def _kept(batch: Batch) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(storage.fetch(batch.id, _KEPT_AS))
    except NotFound:
        return {}
    return told


def _keep(batch: Batch, keys: list[UUID], as_of: dict[str, Any]) -> None:
    storage.keep(batch.id, _KEPT_AS, json.dumps({**as_of, "keys": [str(it) for it in keys]}).encode())
