"""Acts about being away: departure, arrival, return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.access.checks import require
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, system
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.kernel.partial import first_day, last_day
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import record
from yanzhen.ledger.wording import own_words, spoken_date
from yanzhen.mobility.models import Absence, Outcome
from yanzhen.mobility.places import province_of
from yanzhen.mobility.queries import limits_for
from yanzhen.mobility.roster import ADDRESS, Books
from yanzhen.mobility.rules import Case, decide
from yanzhen.mobility.values import day_of_absence, departure_day, expected_day, filled, fitting
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for
from yanzhen.people.services import change_member
from yanzhen.vault.sealed import seal, unseal


@act("mobility.departure.report", facts=("mobility.departure.reported",))
def report_departure(
    *,
    actor: Actor,
    member_id: UUID,
    departed_on: str,
    reason: str,
    destination: str,
    expected_return_on: str = "",
    phone: str = "",
    address: str = "",
    host_employer: str = "",
) -> Absence:
    """Report that a member goes away (2006 意见: reason, time, place, contact, before leaving).

    `departed_on` at the precision that is known, up to a year ahead. Phone and address are kept where they are given;
    the arrival is still to be reported. The same report again changes nothing. DomainError with its `field` for a
    value that is missing or impossible; Conflict where the member is away already or was on that day.
    """
    member = member_for(actor=actor, permission="mobility.departure.report", member_id=member_id)
    departed_on = departure_day(departed_on)
    absence = Absence(
        member=member,
        path=member.path,
        departed_on=departed_on,
        reason=filled(reason, field="reason", otherwise=_("请写外出原因，例如：务工。")),
        destination=filled(destination, field="destination", otherwise=_("请写去哪里，例如：浙江杭州。")),
        expected_return_on=expected_day(expected_return_on, departed_on=departed_on),
        host_employer=fitting(host_employer, field="host_employer"),
    )
    address = fitting(address, field="address")
    if standing := _present(member):
        return _already_away(member, standing, absence)
    _refuse_overlap(member, departed_on)
    absence.province = province_of(absence.destination)
    absence.address_sealed = seal(address, place=ADDRESS, row=absence.id)
    absence.save(force_insert=True)
    _keep_phone(member, phone)
    record(
        "mobility.departure.reported",
        member=member,
        subject_id=absence.id,
        on=min(last_day(departed_on), clock.today()),
        departed_on=departed_on,
        expected_return_on=absence.expected_return_on,
        whom=_whom(actor, member),
        reason=absence.reason,
        destination=absence.destination,
        address=address,
        phone=phone.strip(),
        host_employer=absence.host_employer,
    )
    return absence


@act("mobility.arrival.report", facts=("mobility.arrival.reported",))
def report_arrival(
    *,
    actor: Actor,
    member_id: UUID,
    destination: str,
    address: str,
    phone: str,
    arrived_on: date,
    host_employer: str = "",
) -> Absence:
    """Report where a member who is away now lives and under which number he is reached: his whereabouts are known.

    Reported again after a move, it tells the new place. The same report again changes nothing. DomainError with its
    `field` where the member is not away, a value is missing, or the day lies before the departure or after today.
    """
    member = member_for(actor=actor, permission="mobility.arrival.report", member_id=member_id)
    absence = _present(member)
    if absence is None:
        raise DomainError(_("还没有登记外出，请先报告外出。"), code="not_away")
    destination = filled(destination, field="destination", otherwise=_("请写现在在哪里，例如：浙江杭州。"))
    address = filled(address, field="address", otherwise=_("请写现在的住址，写到街道、小区或工地。"))
    if not phone.strip():
        raise DomainError(_("请写现在能打通的电话。"), field="phone")
    arrived_on = day_of_absence(arrived_on, absence=absence, field="arrived_on")
    host_employer = fitting(host_employer, field="host_employer")
    phone_is_new = _keep_phone(member, phone)
    told = (absence.destination, absence.host_employer, absence.arrived_on, _address(absence))
    if told == (destination, host_employer, arrived_on, address) and not phone_is_new:
        return absence
    absence.destination, absence.province = destination, province_of(destination)
    absence.host_employer, absence.arrived_on = host_employer, arrived_on
    absence.address_sealed = seal(address, place=ADDRESS, row=absence.id)
    absence.save(update_fields=["destination", "province", "host_employer", "arrived_on", "address_sealed"])
    record(
        "mobility.arrival.reported",
        member=member,
        subject_id=absence.id,
        on=arrived_on,
        arrived_on=arrived_on.isoformat(),
        whom=_whom(actor, member),
        destination=destination,
        address=address,
        phone=phone.strip(),
        host_employer=host_employer,
    )
    return absence


@act("mobility.return.record", facts=("mobility.return.recorded",))
def record_return(*, actor: Actor, member_id: UUID, returned_on: date) -> Absence:
    """Record that a member is back. The same return again changes nothing; the contact person stays named.

    DomainError with its `field` where the member is not away, or the day lies before the departure or after today.
    """
    member = member_for(actor=actor, permission="mobility.return.record", member_id=member_id)
    absence = _present(member)
    if absence is None:
        over = (
            Absence.objects.filter(member=member, returned_on=returned_on.isoformat()).order_by("-id").first()
        )
        if over is None:
            raise DomainError(_("没有正在外出的登记，不用报告返回。"), code="not_away")
        return over
    returned_on = day_of_absence(returned_on, absence=absence, field="returned_on")
    absence.returned_on, absence.is_open = returned_on.isoformat(), False
    absence.save(update_fields=["returned_on", "is_open"])
    record(
        "mobility.return.recorded",
        member=member,
        subject_id=absence.id,
        on=returned_on,
        returned_on=absence.returned_on,
        whom=_whom(actor, member),
    )
    return absence


@act("mobility.decide", facts=("mobility.decided",))
def decide_absence(
    *, actor: Actor, member_id: UUID, outcome: str, reason: str = "", case: Case | None = None
) -> Absence:
    """Decide what is done about a member who is away, 接转 or 持证 (see `rules.decide`), or decide again at a review.

    The rules suggest, people decide: where `case` is given and the rules suggest something else for it, a reason must
    be given too. The same decision twice on one day is one. DomainError with its `field` otherwise.
    """
    member = member_for(actor=actor, permission="mobility.decide", member_id=member_id)
    absence = _present(member)
    if absence is None:
        raise DomainError(_("没有正在外出的登记，不用决定。"), code="not_away")
    if outcome not in Outcome:
        raise DomainError(_("请选：开证明信、办活动证，或者接转组织关系。"), field="outcome")
    today = clock.today()
    suggested = decide(case, limits_for(path=member.path, on=today)).outcome if case else ""
    if suggested not in ("", outcome) and not reason.strip():
        raise DomainError(
            _("按规定建议%(what)s；决定不同，请写明理由。") % {"what": Outcome(suggested).label},
            field="reason",
        )
    if (absence.decision, absence.decided_on) == (outcome, today):
        return absence
    absence.decision, absence.decided_on = outcome, today
    absence.save(update_fields=["decision", "decided_on"])
    record(
        "mobility.decided",
        member=member,
        subject_id=absence.id,
        outcome=outcome,
        suggested=suggested,
        decided_on=today.isoformat(),
        what=own_words(Outcome(outcome).label),
        reason=reason.strip(),
    )
    return absence


@act("mobility.departure.report", facts=("mobility.absence.recorded", "mobility.return.recorded"))
def record_absences(*, actor: Actor, rows: Sequence[tuple[Member, Mapping[str, Value]]]) -> None:
    """Take over what roster rows say about being away: each a member, at most once, and all values of the row.

    Keys of other rooms are passed over. A row that says what is known already changes nothing. One that says "not
    mobile" and nothing else brings a member home who was away; an absence that is over is not opened again. One query
    and the writes, however many rows there are; the facts wait for a flush.
    """
    for member in {member.path: member for member, _values in rows}.values():
        require(actor, "mobility.departure.report", unit=member)
    books = Books(rows)
    books.store()
    current().ring.fetch(told.member.id for told in books.told)
    for told in books.told:
        record(told.kind, member=told.member, subject_id=told.absence.id, on=told.on, **told.values)


def _present(member: Member) -> Absence | None:
    """The member's open absence. The member's row is locked first: two reports at once become one after the other."""
    Member.objects.select_for_update().filter(pk=member.pk).values_list("pk", flat=True).first()
    return Absence.objects.filter(member=member, is_open=True).first()


def _already_away(member: Member, standing: Absence, reported: Absence) -> Absence:
    """The standing absence where the report says the same; Conflict where it says something else."""
    same = ("departed_on", "reason", "destination", "expected_return_on", "host_employer")
    if all(getattr(standing, name) == getattr(reported, name) for name in same):
        return standing
    raise Conflict(
        _("%(name)s已经登记外出（%(when)s%(where)s）。换了地方请报告到达；回来过，请先登记返回。")
        % {
            "name": member.name,
            "when": spoken_date(standing.departed_on) if standing.departed_on else "",
            "where": standing.destination,
        },
        field="departed_on",
    )


def _refuse_overlap(member: Member, departed_on: str) -> None:
    for returned_on in Absence.objects.filter(member=member, is_open=False).values_list(
        "returned_on", flat=True
    ):
        if returned_on and last_day(departed_on) < first_day(returned_on):
            raise Conflict(
                _("上次外出到 %(day)s才返回，这次的外出日期不能早于那天。")
                % {"day": spoken_date(returned_on)},
                field="departed_on",
            )


def _keep_phone(member: Member, phone: str) -> bool:
    """Make this the number the member is reached at; whether it changed anything.

    Whoever may report may give the number, a member too, who may not change his record otherwise: so the record is
    changed in the program's name. The fact keeps who it really was.
    """
    if not phone.strip():
        return False
    kept = member.phone_index
    changed = change_member(actor=system("mobility"), member_id=member.id, values={"phone": phone.strip()})
    return changed.phone_index != kept


def _address(absence: Absence) -> str:
    return unseal(absence.address_sealed, place=ADDRESS, row=absence.id)


def _whom(actor: Actor, member: Member) -> str:
    """The member's name where somebody else reports for him."""
    return "" if actor.id is not None and actor.id == member.account_id else member.name
