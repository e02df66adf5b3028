"""What the base knows of a member in the form of a roster row: what exports write and imports compare with."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Max

from yanzhen.contact.models import Assignment, Contact
from yanzhen.mobility.models import Absence
from yanzhen.mobility.roster import PLAIN, SEALED
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.values import member_values
from yanzhen.sheets.recognition import FIELD_BY_KEY
from yanzhen.vault.sealed import unseal


def records(
    members: Collection[Member], only: Collection[str] = FIELD_BY_KEY
) -> dict[UUID, dict[str, Value]]:
    """The roster rows of these members, whose `unit` is fetched already; three queries however many they are.

    Of a member's absences it is the present one, else the last; "not mobile" is said of everybody who is at home.
    `only` says which fields are wanted: nothing else is unsealed.
    """
    found: dict[UUID, dict[str, Value | None]] = {
        member.id: {**member_values(member, only), "unit": member.unit.name} for member in members
    }
    for absence in Absence.objects.filter(member_id__in=found).order_by("is_open", "id"):
        found[absence.member_id].update(_absence_values(absence, only))
    if "contact_person" in only:
        _add_keepers(found, only)
    if "last_contact_on" in only:
        reached = Contact.objects.filter(member_id__in=found, reached=True).values("member_id")
        for row in reached.annotate(last=Max("on")):
            found[row["member_id"]]["last_contact_on"] = row["last"]
    return {key: {"is_mobile": False, **_told(values)} for key, values in found.items()}


def _add_keepers(found: dict[UUID, dict[str, Value | None]], only: Collection[str]) -> None:
    present = Assignment.objects.filter(member_id__in=found, ends_on__isnull=True).select_related("person")
    for assignment in present:
        row, person = found[assignment.member_id], assignment.person
        row["contact_person"] = person.name
        if "contact_person_phone" in only:
            row["contact_person_phone"] = unseal(
                person.phone_sealed, place="contact_person.phone", row=person.id
            )


def _absence_values(absence: Absence, only: Collection[str]) -> dict[str, Value | None]:
    """All of one absence, so that nothing of an earlier one shines through."""
    values: dict[str, Value | None] = {key: getattr(absence, column) for key, column in PLAIN.items()}
    for key, column in ((key, column) for key, column in SEALED.items() if key in only):
        sealed = getattr(absence, f"{column}_sealed")
        values[key] = unseal(sealed, place=f"mobility_absence.{column}", row=absence.id)
    values["is_mobile"] = absence.is_open
    return values


def _told(values: dict[str, Value | None]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value is not None and value != ""}
