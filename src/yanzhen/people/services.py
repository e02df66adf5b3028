"""Acts on the roster. The bulk forms are what an import calls, some thousands of members at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.utils.translation import gettext as _

from yanzhen.access.rows import insert
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import Lending, record
from yanzhen.ledger.wording import own_words
from yanzhen.org.models import UnitKind
from yanzhen.org.queries import units_for
from yanzhen.people import groups, terms
from yanzhen.people.columns import COLUMNS, Value
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for, members_for
from yanzhen.people.timeline import has_looked_today
from yanzhen.people.values import cleaned, completed, new_member, stored, value_of

Values = Mapping[str, Value]
_Groups = Mapping[tuple[UUID, str], str]
_SEARCHED = frozenset({"name", "phone", "id_number"})


@act("people.add", facts=("people.member.added",))
def add_member(*, actor: Actor, unit_id: UUID, values: Values) -> Member:
    """Add one member to a unit. DomainError with its `field` for a value that cannot be kept; Conflict where the ID
    number is registered already."""
    return add_members(actor=actor, rows=[(unit_id, values)])[0]


@act("people.add", facts=("people.member.added",))
def add_members(*, actor: Actor, rows: Sequence[tuple[UUID, Values]]) -> list[Member]:
    """Add many members, each to a unit by its key; the members in the order of `rows`. Refusals as in `add_member`."""
    units = units_for(actor=actor, permission="people.add", unit_ids={unit_id for unit_id, _values in rows})
    added, renamed = [], _renamed(rows)
    for unit_id, given in rows:
        unit, values = units[unit_id], _with_group(cleaned(given), unit_id, renamed)
        if unit.kind == UnitKind.GROUP:
            raise DomainError(
                _("党员的组织关系在党支部：请登记到“%(unit)s”上面的党支部，再编入小组。")
                % {"unit": unit.name},
                field="unit",
            )
        if unit.ended_on is not None:
            raise DomainError(_("“%(unit)s”已经撤销，不能再登记党员。") % {"unit": unit.name}, field="unit")
        if not values.get("name"):
            raise DomainError(_("请填写姓名。"), field="name")
        values = completed(values)
        added.append((new_member(unit, values), values))
    current().ring.expect_new(member.id for member, _values in added)
    try:
        insert([member for member, _values in added])
    except IntegrityError as error:
        raise _already_registered() from error
    terms.store((member, _terms(values)) for member, values in added)
    for member, _values in added:
        record("people.member.added", member=member, unit_name=member.unit.name)
    current().flush()
    return [member for member, _values in added]


@act("people.change", facts=("people.member.changed",))
def change_member(*, actor: Actor, member_id: UUID, values: Values, lent: Lending | None = None) -> Member:
    """Change some values of a member: only the given keys, "" clears one. What stays the same writes nothing.

    `lent` says whose the values `before` and `after` are besides (`ledger.facts.record`)."""
    return change_members(actor=actor, changes=[(member_id, values)], lent=lent)[0]


@act("people.change", facts=("people.member.changed",))
def change_members(
    *, actor: Actor, changes: Sequence[tuple[UUID, Values]], lent: Lending | None = None
) -> list[Member]:
    """Change many members, each at most once; the members in the order of `changes`. Refusals as in `add_member`."""
    found = members_for(actor=actor, permission="people.change", member_ids=[key for key, _values in changes])
    by_fields: dict[frozenset[str], list[Member]] = defaultdict(list)
    searched = []
    renamed = _renamed([(found[member_id].unit_id, given) for member_id, given in changes])
    current().ring.fetch(found)
    for member_id, given in changes:
        member = found[member_id]
        values = _with_group(cleaned(given), member.unit_id, renamed)
        if values.get("name", member.name) == "":
            raise DomainError(_("请填写姓名。"), field="name")
        before = {key: value_of(member, key) for key in values}
        after = {key: value for key, value in values.items() if value != before[key]}
        if not after:
            continue
        fields = stored(after, member.id)
        for field, value in fields.items():
            setattr(member, field, value)
        by_fields[frozenset(fields)].append(member)
        if _SEARCHED & after.keys():
            searched.append(member)
        record(
            "people.member.changed",
            member=member,
            fields=sorted(after),
            what=own_words(*(COLUMNS[key].label for key in after)),
            before={key: before[key] for key in after},
            after=after,
            lent=lent,
        )
    _store(by_fields, searched)
    current().flush()
    return [found[member_id] for member_id, _values in changes]


def _renamed(rows: Iterable[tuple[UUID, Values]]) -> _Groups:
    named = {(unit_id, str(given["group"]).strip()) for unit_id, given in rows if given.get("group")}
    return groups.renamed(named) if named else {}


def _with_group(values: dict[str, Value | None], unit_id: UUID, renamed: _Groups) -> dict[str, Value | None]:
    """The values with the present name of a group that they call by a former one."""
    today = renamed.get((unit_id, str(values.get("group"))))
    return {**values, "group": today} if today else values


def _store(by_fields: Mapping[frozenset[str], list[Member]], searched: list[Member]) -> None:
    try:
        for fields, touched in by_fields.items():
            Member.objects.bulk_update(touched, sorted(fields), batch_size=200)
    except IntegrityError as error:
        raise _already_registered() from error
    terms.forget(member.id for member in searched)
    terms.store((member, _terms({key: value_of(member, key) for key in _SEARCHED})) for member in searched)


def _terms(values: Mapping[str, Value | None]) -> terms.Terms:
    name, phone, id_number = (str(values.get(key) or "") for key in ("name", "phone", "id_number"))
    return terms.terms_for(name, phone, id_number)


def _already_registered() -> Conflict:
    return Conflict(
        _("这个公民身份号码已经登记过。请搜索这位党员；搜索不到，请上级党组织核对。"), field="id_number"
    )


@act("people.remove", facts=("people.member.removed",))
def remove_members(*, actor: Actor, member_ids: Sequence[UUID]) -> None:
    """Take members off the roster with everything that is kept of them: only the undoing of an import does this.

    Their facts stay. Members that are not there any more are passed over.
    """
    found = members_for(actor=actor, permission="people.remove", member_ids=member_ids, missing_ok=True)
    for member in found.values():
        record("people.member.removed", member=member)
    current().flush()
    Member.objects.filter(pk__in=list(found)).delete()


@act("people.see", facts=("people.member.seen",))
def look(*, actor: Actor, member_id: UUID) -> Member:
    """Open a member's record. That somebody else looked is kept, once a day each (个人信息保护法 art. 54)."""
    member = member_for(actor=actor, permission="people.see", member_id=member_id)
    if actor.id != member.account_id and not has_looked_today(actor=actor, member=member):
        record("people.member.seen", member=member)
    return member


@act("people.unmask", facts=("people.field.unmasked",))
def unmask(*, actor: Actor, member_id: UUID, field: str, reason: str) -> str:
    """The full value of one sealed column, for a reason that is kept and that the member can read."""
    member = member_for(actor=actor, permission="people.unmask", member_id=member_id)
    if field not in COLUMNS or COLUMNS[field].room != "people" or not COLUMNS[field].sealed:
        raise DomainError(_("这一项没有隐藏的内容。"), field="field")
    if not reason.strip():
        raise DomainError(_("请写明查看的理由，党员本人可以看到。"), field="reason")
    record(
        "people.field.unmasked",
        member=member,
        field=field,
        what=own_words(COLUMNS[field].label),
        reason=reason.strip(),
    )
    return str(value_of(member, field))


@act("people.link", facts=("people.account.linked",))
def link_account(*, actor: Actor, member_id: UUID, account_id: UUID) -> Member:
    """Give a member his own account: with it he sees his own record. One account, one member; it is not taken over."""
    member = member_for(actor=actor, permission="people.link", member_id=member_id)
    if member.account_id == account_id:
        return member
    if member.account_id is not None:
        raise Conflict(_("这位党员已经有本人账号了。"))
    if not get_user_model().objects.filter(pk=account_id).exists():
        raise DomainError(_("没有这个账号。"), field="account_id")
    if Member.objects.filter(account_id=account_id).exists():
        raise Conflict(_("这个账号已经属于另一位党员。"), field="account_id")
    member.account_id = account_id
    member.save(update_fields=["account_id"])
    record("people.account.linked", member=member, subject_id=account_id)
    return member
