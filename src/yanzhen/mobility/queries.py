"""The only way to fetch absences."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from yanzhen.access.checks import visible
from yanzhen.kernel.actor import Actor
from yanzhen.mobility.models import Absence
from yanzhen.people.queries import member_for


def absences(*, actor: Actor) -> QuerySet[Absence]:
    """The absences that `actor` may see, present and past."""
    return Absence.objects.filter(visible(actor, "mobility.see", member="member__"))


def open_absence(*, actor: Actor, member_id: UUID) -> Absence | None:
    """The present absence of a member; None where he is at home."""
    member = member_for(actor=actor, permission="mobility.see", member_id=member_id)
    return Absence.objects.filter(member=member, is_open=True).first()
