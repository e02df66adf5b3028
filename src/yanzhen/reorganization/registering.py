"""登记党员 by hand: what was sent twice is one registration, and who may be there already is asked about first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict
from yanzhen.ledger.acts import act
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.queries import members
from yanzhen.people.services import Values, add_member
from yanzhen.people.values import cleaned, member_values, new_member
from yanzhen.reorganization.twins import Alike, alike


class RegisteredAlready(Conflict):
    """Somebody in sight is this person, or may be: `people`. `may_be_new`: whoever knows better may say so."""

    def __init__(
        self, sentence: str, people: Sequence[Alike], *, may_be_new: bool, field: str | None = None
    ) -> None:
        super().__init__(sentence, field=field)
        self.people = people
        self.may_be_new = may_be_new


@act("people.add", facts=("people.member.added",))
def register(
    *, actor: Actor, unit_id: UUID, values: Values, since: UUID | None = None, anyway: bool = False
) -> Member:
    """Add one member as `add_member` does, unless he may be there already.

    `since` is a key made when the form was opened: the very same values registered since then are the same form sent
    twice, and change nothing. RegisteredAlready where the actor sees a member with that ID number, or, but for
    `anyway`, one who may be the same person (`rules.reasons`). Of members out of sight nothing is said beyond what
    `add_member` refuses.
    """
    unit = unit_for(actor=actor, permission="people.add", unit_id=unit_id)
    # The same form sent twice at once: one after the other.
    Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    typed = cleaned(values)
    if since and (sent := _sent_before(unit, typed, since)):
        return sent
    one = new_member(unit, typed)
    seen = members(actor=actor).select_related("unit")
    if one.id_number_index and (bearer := seen.filter(id_number_index=one.id_number_index).first()):
        sentence = _("这个公民身份号码已经登记给%(name)s，没有再登记。") % {"name": bearer.name}
        raise RegisteredAlready(sentence, [Alike(bearer, ())], may_be_new=False, field="id_number")
    if not anyway and (found := alike(one, among=seen)):
        sentence = _("可能已经登记过，还没有保存。请看是不是下面列出的这一位。")
        raise RegisteredAlready(sentence, found, may_be_new=True)
    return add_member(actor=actor, unit_id=unit_id, values=values)


def _sent_before(unit: Unit, typed: Mapping[str, Value | None], since: UUID) -> Member | None:
    kept = {key: value for key, value in typed.items() if value not in (None, "")}
    later = Member.objects.filter(unit=unit, name=kept.get("name", ""), pk__gt=since)
    return next((it for it in later if member_values(it) == kept), None)
