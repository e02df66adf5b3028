"""What is true of a base whatever was done to it: every row stands where its unit or its member does."""

from __future__ import annotations

from yanzhen.contact.models import Assignment
from yanzhen.org.models import Unit
from yanzhen.people.models import Member, SearchTerm
from yanzhen.people.terms import terms_for
from yanzhen.people.values import value_of
from yanzhen.reorganization.ground import OF_MEMBERS


def assert_sound() -> None:
    """Paths, ended units, contact persons' sight and search terms agree with what they follow from."""
    for unit in Unit.objects.select_related("parent"):
        assert unit.parent is None or unit.path[:-4] == unit.parent.path
        assert unit.parent is None or unit.ended_on or unit.parent.ended_on is None
    everybody = {member.id: member for member in Member.objects.select_related("unit")}
    for table in OF_MEMBERS:
        for member_id, path in table._default_manager.values_list("member_id", "path"):
            assert everybody[member_id].path == path, table
    held = Assignment.objects.filter(ends_on__isnull=True)
    keepers = dict(held.values_list("member_id", "person__account_id"))
    for member in everybody.values():
        assert (member.path, member.unit.ended_on) == (member.unit.path, None)
        assert member.keeper_id == keepers.get(member.id)
        searched = terms_for(*(str(value_of(member, key)) for key in ("name", "phone", "id_number")))
        kept = set(SearchTerm.objects.filter(member=member).values_list("term", "place"))
        assert kept == {(term, place.value) for term, place in searched.items()}
