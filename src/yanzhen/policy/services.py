"""Acts on what a committee sets for itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yanzhen.access.checks import Scoped, require
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record
from yanzhen.ledger.wording import own_words
from yanzhen.policy.models import Override
from yanzhen.policy.registry import PARAMETERS, Parameter


class Ground(Scoped, Protocol):
    """A unit, as far as this room knows one."""

    @property
    def id(self) -> UUID: ...


@act("policy.change", facts=("policy.parameter.set",))
def set_parameter(
    *,
    actor: Actor,
    unit: Ground,
    key: str,
    value: str,
    effective_from: date,
    reason: str,
    applies_to: str = "",
    whom: str = "",
) -> Override:
    """Set a parameter for a unit and everything below it from a day on; a second value for the same day replaces
    the first. What is due is reckoned anew at once, under the rules of each day.

    `applies_to` names the category of members that alone it is for, `whom` what that is called; "" as its value gives
    them what holds for everybody again.

    DomainError with its `field` for a value that is no number of the parameter's kind, or a missing reason.
    """
    require(actor, "policy.change", unit=unit)
    parameter, reason = PARAMETERS[key], reason.strip()
    if applies_to and not parameter.by_category:
        raise LookupError(f"{key} is the same for every category")
    value = "" if applies_to and not value.strip() else _number(parameter, value)
    if not reason:
        raise DomainError(_("请写明理由，例如依据哪份文件。"), field="reason")
    same_day = {"path": unit.path, "key": key, "applies_to": applies_to, "effective_from": effective_from}
    kept = Override.objects.filter(**same_day).first()
    if kept is not None and (kept.value, kept.reason) == (value, reason):
        return kept
    override = kept or Override(**same_day)
    override.value, override.reason = value, reason
    override.save()
    record(
        "policy.parameter.set",
        unit=unit,
        subject_id=unit.id,
        key=key,
        label=own_words(parameter.label),
        value=value,
        whom=whom,
        unit_of_value=own_words(parameter.unit if value else gettext_noop("和大家一样")),
        effective_from=effective_from.isoformat(),
        reason=reason,
    )
    return override


def _number(parameter: Parameter, written: str) -> str:
    """The number as it is kept: whole where the shipped value is whole."""
    whole = "." not in parameter.versions[-1].value
    try:
        number = Decimal(written.strip())
    except InvalidOperation:
        number = Decimal(-1)
    if not 0 <= number <= 10_000 or (whole and number != number.to_integral_value()):
        kind = _("0 到 10000 的整数") if whole else _("0 到 10000 的数")
        raise DomainError(
            _("“%(label)s”请写%(kind)s。") % {"label": parameter.label, "kind": kind}, field="value"
        )
    return str(int(number)) if whole else str(number)
