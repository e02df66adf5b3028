"""Importing while nobody waits: a background task, done by the worker beside `yanzhen serve`."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django_tasks import task

from yanzhen.kernel.actor import Actor, Door, Grant, Reach
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.sheets import progress
from yanzhen.sheets.models import BatchState
from yanzhen.sheets.opening import open_batch
from yanzhen.sheets.outcome import Outcome
from yanzhen.sheets.plan import CHUNK
from yanzhen.sheets.progress import Report, Reporter
from yanzhen.sheets.queries import batch_for
from yanzhen.sheets.services import apply


def start(*, actor: Actor, batch_id: UUID, confirm_new_units: bool) -> None:
    """Have a batch imported in the background, with what `actor` may do now. `progress.read` tells how far it is.

    Conflict where it is under way already, or was imported or dropped; one whose worker died is started again.
    """
    batch = batch_for(actor=actor, batch_id=batch_id)
    standing = progress.read(batch.id)
    if batch.state != BatchState.STAGED or (standing and standing.is_under_way):
        raise Conflict(_("这份花名册正在导入，或者已经处理过了。"))
    progress.wait(batch.id)
    apply_batch.enqueue(
        batch_id=str(batch.id),
        actor=_packed(replace(actor, door=Door.SHEET)),
        confirm_new_units=confirm_new_units,
    )


@task()
def apply_batch(*, batch_id: str, actor: dict[str, Any], confirm_new_units: bool) -> None:
    """Import a batch; how it goes and how it ends stands in its progress file, refusals too."""
    with suppress(DomainError):
        run(
            actor=_unpacked(actor),
            batch_id=UUID(batch_id),
            confirm_new_units=confirm_new_units,
            count_first=True,
        )


def run(
    *,
    actor: Actor,
    batch_id: UUID,
    confirm_new_units: bool,
    count_first: bool = False,
    also: Report | None = None,
) -> Outcome:
    """Import a batch now and keep its progress file; `also` hears how far it is too. Raises what `apply` raises.

    `count_first` reads the roster once more beforehand, so that the file tells the time left: a tenth of the work.
    """
    with progress.reported(batch_id) as reporter:

        def report(done: int) -> None:
            reporter(done)
            if also:
                also(done)

        if count_first:
            _count(actor, batch_id, reporter)
        return apply(actor=actor, batch_id=batch_id, confirm_new_units=confirm_new_units, progress=report)


def _count(actor: Actor, batch_id: UUID, reporter: Reporter) -> None:
    """Count the rows, outside of the transaction; it can be stopped like the import itself."""
    total = 0
    for total, _row in enumerate(open_batch(batch_for(actor=actor, batch_id=batch_id)).rows(), start=1):
        if total % CHUNK == 0:
            reporter(0)
    reporter.total = total
    reporter(0)


def _packed(actor: Actor) -> dict[str, Any]:
    grants = [{**asdict(grant), "permissions": sorted(grant.permissions)} for grant in actor.grants]
    return {
        "name": actor.name,
        "id": str(actor.id) if actor.id else None,
        "grants": grants,
        "door": actor.door,
        "is_system": actor.is_system,
    }


def _unpacked(told: dict[str, Any]) -> Actor:
    grants = tuple(
        Grant(it["role"], frozenset(it["permissions"]), Reach(it["reach"]), it["path"])
        for it in told["grants"]
    )
    return Actor(
        name=told["name"],
        id=UUID(told["id"]) if told["id"] else None,
        grants=grants,
        door=Door(told["door"]),
        is_system=told["is_system"],
    )
