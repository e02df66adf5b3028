"""Taking a batch back: what stands in the way, and putting everything where it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yanzhen.contact.models import Assignment, ContactPerson
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict
from yanzhen.kernel.paths import ancestors
from yanzhen.ledger.acts import current
from yanzhen.ledger.facts import Entry, tell
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import KeyRing
from yanzhen.org.models import FormerName, Unit
from yanzhen.people import groups
from yanzhen.people.models import Member
from yanzhen.people.services import change_members, remove_members
from yanzhen.people.timeline import taken_back
from yanzhen.sheets import snapshot
from yanzhen.sheets.models import APPLIED, Added, Batch, BatchMember, BatchState
from yanzhen.sheets.plan import CHUNK
from yanzhen.sheets.queries import batch_for

# Looking changes nothing that undoing would lose.
_LOOKS = ("people.member.seen", "people.field.unmasked", "sheets.exported")
_TOLD = 50


def not_undone() -> Q:
    """On `Fact`: not of an import that was taken back."""
    void = Batch.objects.filter(state=BatchState.UNDONE).values("id")
    return Q(batch_id__isnull=True) | ~Q(batch_id__in=void)


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
        return f"{entry.fact.on.isoformat()} {self.name(entry)}：{entry.sentence}"

    def name(self, entry: Entry) -> str:
        """On whom: a registration that was merged has no name any more."""
        found = self.names.get(entry.fact.member_id) if entry.fact.member_id else None
        return found or _("已不在册的登记")

    @property
    def told(self) -> list[tuple[str, Entry]]:
        """The first of them, each with the name of the one whom it is about."""
        return [(self.name(entry), entry) for entry in self.entries]

    @property
    def more(self) -> int:
        """How many there are besides those that are told."""
        return self.count - len(self.entries)


def in_the_way(*, actor: Actor, batch_id: UUID) -> InTheWay | None:
    """What taking a batch back would be refused for, as things stand."""
    batch = batch_for(actor=actor, batch_id=batch_id)
    return Undo(actor=actor, batch=batch).obstacle()


class Undo:
    """One batch on its way back, inside the act that `services.undo` is."""

    def __init__(self, *, actor: Actor, batch: Batch) -> None:
        self._actor = actor
        self._batch = batch

    def run(self) -> dict[str, int]:
        """Take everything back; what was taken back, counted."""
        if obstacle := self.obstacle():
            raise obstacle
        counts = {"added": 0, "changed": 0, "without_group": 0}
        for chunk in self._chunks():
            added = [entry.member_id for entry in chunk if entry.added]
            changed = [entry for entry in chunk if not entry.added]
            if added:
                remove_members(actor=self._actor, member_ids=added)
            if changed:
                counts["without_group"] += self._put_back(changed)
            current().flush()
            current().ring = KeyRing()  # as an import does: the keys of 100,000 would be 20 MB
            counts["added"] += len(added)
            counts["changed"] += len(changed)
        BatchMember.objects.filter(batch=self._batch).update(before_sealed="")
        counts["contact_persons"] = self._remove_contact_persons()
        counts["units"] = self._remove_units()
        return counts

    @cached_property
    def _applied(self) -> Fact:
        return Fact.objects.get(batch_id=self._batch.id, member_id__isnull=True, kind__in=APPLIED)

    def _later_facts(self) -> QuerySet[Fact]:
        """Facts about the batch's members that were written after it, but for what was taken back: imports, merges."""
        members = BatchMember.objects.filter(batch=self._batch)
        found = Fact.objects.filter(
            not_undone(), member_id__in=members.values("member_id"), id__gt=self._applied.id
        ).exclude(kind__in=_LOOKS)
        return found.exclude(act_id__in=taken_back(found)).order_by("id")

    def obstacle(self) -> InTheWay | None:
        """The later acts that taking the batch back would lose; None where there are none."""
        later = self._later_facts()
        entries = tell(later[:_TOLD])
        if not entries:
            return None
        concerned = {entry.fact.member_id for entry in entries if entry.fact.member_id}
        names = dict(Member.objects.filter(pk__in=concerned).values_list("id", "name"))
        return InTheWay(entries, later.count(), names)

    def _chunks(self) -> Iterator[list[BatchMember]]:
        entries = BatchMember.objects.filter(batch=self._batch).order_by("id").iterator(chunk_size=CHUNK)
        while chunk := list(islice(entries, CHUNK)):
            yield chunk

    def _put_back(self, changed: list[BatchMember]) -> int:
        """Put these members' rows back; how many are in no group now, because theirs has ended meanwhile."""
        ring = current().ring
        ring.fetch(entry.member_id for entry in changed)
        told = {entry.member_id: self._before(entry, ring) for entry in changed}
        own = {member_id: before["values"] for member_id, before in told.items() if before["values"]}
        over = _of_ended_groups(own)
        own |= {member_id: {**own[member_id], "group": ""} for member_id in over}
        if own:
            change_members(actor=self._actor, changes=list(own.items()))
        snapshot.put_back({member_id: before["rows"] for member_id, before in told.items()})
        return len(over)

    @staticmethod
    def _before(entry: BatchMember, ring: KeyRing) -> dict[str, Any]:
        text = ring.unseal(entry.before_sealed, member_id=entry.member_id, fact_id=entry.id)
        if text is None:
            raise Conflict(_("导入以前的内容里有已依法删除的，不能撤销。"))
        told: dict[str, Any] = json.loads(text)
        return told

    def _remove_contact_persons(self) -> int:
        """Those whom the batch named first, where nobody was given to them since."""
        kept = Assignment.objects.filter(person=OuterRef("pk"))
        found = ContactPerson.objects.filter(
            pk__in=self._added(Added.CONTACT_PERSON), account_id__isnull=True
        )
        return found.exclude(Exists(kept)).delete()[0]

    def _remove_units(self) -> int:
        """Those that the batch founded, where nothing came to stand on their ground and nothing was done with them."""
        founded = Unit.objects.filter(pk__in=self._added(Added.UNIT))
        used = (
            Exists(Member.objects.filter(unit=OuterRef("pk")))
            | Exists(Unit.objects.filter(parent=OuterRef("pk")))
            | Exists(FormerName.objects.filter(unit=OuterRef("pk")))
            | Exists(ContactPerson.objects.filter(path=OuterRef("path")))
        )
        removed, touched = 0, self._touched()
        unused = founded.exclude(used).values_list("pk", "path")
        # A level of the tree at a time.
        while empty := [pk for pk, path in unused.all() if path not in touched]:
            removed += Unit.objects.filter(pk__in=empty).delete()[0]
        return removed

    def _touched(self) -> set[str]:
        """The paths on whose ground something was done since."""
        later = Fact.objects.filter(not_undone(), member_id__isnull=True, id__gt=self._applied.id)
        mine = Q(batch_id=self._batch.id, batch_id__isnull=False)
        paths = later.exclude(mine | Q(kind__in=_LOOKS)).values_list("path", flat=True)
        return {above for path in paths.distinct() for above in ancestors(path)}

    def _added(self, what: Added) -> list[UUID]:
        return list(self._batch.additions.filter(what=what).values_list("row_id", flat=True))


def _of_ended_groups(values: Mapping[UUID, Mapping[str, Any]]) -> list[UUID]:
    """Those whose values name a group of their unit that has ended: the name is the link (docs/adr/0007), and to an
    ended group there is none."""
    units = dict(Member.objects.filter(pk__in=list(values)).values_list("id", "unit_id"))
    named = {key: (units[key], told["group"]) for key, told in values.items() if told.get("group")}
    over = groups.ended(set(named.values())) if named else set()
    return [key for key, link in named.items() if link in over]
