"""Exports that take longer than a page waits: written in the background, fetched when they are done, gone after a day.

An export is known by the fact that it was asked for. Its order and its workbook lie sealed under that key, as the
files of a batch do (`storage`), with its progress beside them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks.base import Task

from yanzhen.access.checks import permits, require
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError, NotFound
from yanzhen.ledger.models import Fact
from yanzhen.sheets import progress, storage
from yanzhen.sheets.export import Going, name_of, workbook
from yanzhen.sheets.listing import layout_of
from yanzhen.sheets.progress import Progress, Reporter, State

# Written in a second or two while the page waits.
AT_ONCE = 2000  # people
_KEPT = timedelta(days=1)
_ORDER, _KEYS, _LIST = "order", "keys", "list"
Order = Mapping[str, str]


@dataclass(frozen=True)
class Export:
    """An export, of how many people, and how far it is; None where its files are gone."""

    fact: Fact
    people: int
    going: Progress | None


def start(fact: Fact, *, layout: str, keys: bytes, unit: str) -> None:
    """Have the list that `fact` tells of written in the background: these members (`export.Going`), in this layout,
    for this unit."""
    storage.keep(fact.id, _KEYS, keys)
    begin(fact, write_list, name=name_of(layout_of(layout), unit), layout=layout, unit=unit)


def begin(fact: Fact, writer: Task[..., None], *, name: str, **order: str) -> None:
    """Have `writer`, which calls `write`, write the list that `fact` tells of as `order` says; what it is called."""
    _forget_old()
    storage.keep(fact.id, _ORDER, json.dumps({"name": name, **order}, ensure_ascii=False).encode())
    progress.wait(fact.id)
    writer.enqueue(export_id=str(fact.id))


@task()
def write_list(*, export_id: str) -> None:
    """Write the workbook of members."""

    def made(order: Order, reporter: Reporter) -> bytes:
        keys = storage.fetch(UUID(export_id), _KEYS)
        reporter.total = len(Going(keys, {}))
        reporter(0)
        return workbook(layout_of(order["layout"]), keys, unit=order["unit"], report=reporter)

    write(export_id, made)


def write(export_id: str, made: Callable[[Order, Reporter], bytes]) -> None:
    """Keep the workbook that is made; how it goes and how it ends stands in its progress file."""
    key = UUID(export_id)
    with suppress(DomainError), progress.reported(key) as reporter:
        storage.keep(key, _LIST, made(json.loads(storage.fetch(key, _ORDER)), reporter))


def export_for(*, actor: Actor, export_id: UUID) -> Export:
    """An export that the actor asked for, while he may still export that unit's lists; NotFound for everybody else."""
    fact = Fact.objects.filter(pk=export_id, kind="sheets.exported", actor_id=actor.id).first()
    if fact is None or actor.id is None:
        raise NotFound(_("没有这份导出的名单，或者不是您导出的。"))
    told = list(Fact.objects.filter(act_id=fact.act_id))
    for one in told:
        require(actor, "sheets.export", unit=one)
    going = progress.read(fact.id) if fact.at > clock.now() - _KEPT else None
    return Export(fact, _people(told), going)


def exports(*, actor: Actor) -> list[Export]:
    """The actor's own of the last day whose files are there, the latest first."""
    since = clock.now() - _KEPT
    facts = Fact.objects.filter(
        kind="sheets.exported", member_id__isnull=True, actor_id=actor.id, at__gte=since
    ).order_by("-at", "act_id")
    acts = [list(told) for _act, told in groupby(facts, key=lambda it: it.act_id)]
    return [
        Export(fact, _people(told), going)
        for told in acts
        if all(permits(actor, "sheets.export", unit=it) for it in told)
        for fact in told
        if (going := progress.read(fact.id))
    ]


def _people(told: Iterable[Fact]) -> int:
    """On all the grounds of one export."""
    return sum(int(it.data["count"]) for it in told)


def content(*, actor: Actor, export_id: UUID) -> tuple[str, bytes]:
    """The workbook of an export that is done, and what it is called; NotFound where it is not done, or is gone."""
    found = export_for(actor=actor, export_id=export_id)
    if found.going is None or found.going.state is not State.DONE:
        raise NotFound(_("没有写成，文件也没有留下，请再导出一次。"))
    key = found.fact.id
    return json.loads(storage.fetch(key, _ORDER))["name"], storage.fetch(key, _LIST)


def _forget_old() -> None:
    """Take away what nobody is to fetch any more."""
    for order in (Path(settings.DATA_FOLDER) / "uploads").glob(f"*/{_ORDER}"):
        if order.stat().st_mtime < time.time() - _KEPT.total_seconds():
            storage.forget(UUID(order.parent.name))
