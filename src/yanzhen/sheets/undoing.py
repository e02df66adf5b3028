"""Taking a batch back: what stands in the way, and putting everything where it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.models import Appointment
from yanzhen.contact.models import Assignment, ContactPerson
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict
from yanzhen.ledger.acts import current
from yanzhen.ledger.facts import Entry, tell
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit
from yanzhen.people.models import Member
from yanzhen.people.services import change_members, remove_members
from yanzhen.sheets import snapshot
from yanzhen.sheets.importing import BEFORE
from yanzhen.sheets.models import Added, Batch, BatchMember, BatchState
from yanzhen.sheets.plan import CHUNK
from yanzhen.vault.sealed import unseal

# Looking changes nothing that undoing would lose.
_LOOKS = ("people.member.seen", "people.field.unmasked", "sheets.exported")
_TOLD = 50


class InTheWay(Conflict):
    """Later acts on the batch's members: undoing would lose them. `count` in all, the first of them as `entries`."""

    code = "in_the_way"

    def __init__(self, entries: list[Entry], count: int, names: dict[UUID, str]) -> None:
        self.entries, self.count, self.names = entries, count, names
        super().__init__(
            _("不能撤销：导入以后又办了 %(count)d 件事，撤销会丢掉它们：%(what)s")
            % {"count": count, "what": "；".join(map(self.line, entries[:5]))}
        )

    def line(self, entry: Entry) -> str:
        """Which act: on what day, on whom, what."""
        name = self.names.get(entry.fact.member_id, "—") if entry.fact.member_id else "—"
        return f"{entry.fact.on.isoformat()} {name}：{entry.sentence}"


class Undo:
    """One batch on its way back, inside the act that `services.undo` is."""

    def __init__(self, *, actor: Actor, batch: Batch) -> None:
        self._actor = actor
        self._batch = batch

    def run(self) -> dict[str, int]:
        """Take everything back; what was taken back, counted."""
        if (later := self._later_facts()).exists():
            raise self._in_the_way(later)
        counts = {"added": 0, "changed": 0}
        for chunk in self._chunks():
            added = [entry.member_id for entry in chunk if entry.added]
            changed = [entry for entry in chunk if not entry.added]
            if added:
                remove_members(actor=self._actor, member_ids=added)
            if changed:
                self._put_back(changed)
            current().flush()
            counts["added"] += len(added)
            counts["changed"] += len(changed)
        counts["contact_persons"] = self._remove_contact_persons()
        counts["units"] = self._remove_units()
        return counts

    def _later_facts(self) -> QuerySet[Fact]:
        """Facts about the batch's members that were written after it, but for those of batches that were undone."""
        applied = Fact.objects.get(
            batch_id=self._batch.id, member_id__isnull=True, kind="sheets.batch.applied"
        )
        members = BatchMember.objects.filter(batch=self._batch)
        void = Batch.objects.filter(state=BatchState.UNDONE).values("id")
        found = Fact.objects.filter(member_id__in=members.values("member_id"), id__gt=applied.id)
        counts = Q(batch_id__isnull=True) | ~Q(batch_id__in=void)
        return found.filter(counts).exclude(kind__in=_LOOKS).order_by("id")

    def _in_the_way(self, later: QuerySet[Fact]) -> InTheWay:
        entries = tell(later[:_TOLD])
        concerned = {entry.fact.member_id for entry in entries if entry.fact.member_id}
        names = dict(Member.objects.filter(pk__in=concerned).values_list("id", "name"))
        return InTheWay(entries, later.count(), names)

    def _chunks(self) -> Iterator[list[BatchMember]]:
        entries = BatchMember.objects.filter(batch=self._batch).order_by("id").iterator(chunk_size=CHUNK)
        while chunk := list(islice(entries, CHUNK)):
            yield chunk

    def _put_back(self, changed: list[BatchMember]) -> None:
        told = {
            entry.member_id: json.loads(unseal(entry.before_sealed, place=BEFORE, row=entry.id))
            for entry in changed
        }
        own = [(member_id, before["values"]) for member_id, before in told.items() if before["values"]]
        if own:
            change_members(actor=self._actor, changes=own)
        snapshot.put_back({member_id: before["rows"] for member_id, before in told.items()})

    def _remove_contact_persons(self) -> int:
        """Those whom the batch named first, where nobody was given to them since."""
        kept = Assignment.objects.filter(person=OuterRef("pk"))
        found = ContactPerson.objects.filter(
            pk__in=self._added(Added.CONTACT_PERSON), account_id__isnull=True
        )
        return found.exclude(Exists(kept)).delete()[0]

    def _remove_units(self) -> int:
        """Those that the batch founded, where nothing came to stand on their ground and nothing was done with them."""
        found = list(Unit.objects.filter(pk__in=self._added(Added.UNIT)).order_by("-path"))
        used = {
            *Member.objects.filter(unit__in=found).values_list("unit_id", flat=True),
            *Unit.objects.filter(parent__in=found).values_list("parent_id", flat=True),
            *Appointment.objects.filter(unit_id__in=[it.id for it in found]).values_list(
                "unit_id", flat=True
            ),
        }
        standing = ContactPerson.objects.filter(path__in=[it.path for it in found]).values_list(
            "path", flat=True
        )
        paths = set(standing)
        empty = [it.pk for it in found if it.pk not in used and it.path not in paths]
        return Unit.objects.filter(pk__in=empty).delete()[0]

    def _added(self, what: Added) -> list[UUID]:
        return list(self._batch.additions.filter(what=what).values_list("row_id", flat=True))
