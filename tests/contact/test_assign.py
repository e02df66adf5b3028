"""name_contact_person, assign, release, link_account_to_person: one contact person for each member."""

import pytest

from tests.cast import Cast
from yanzhen.contact.models import Assignment, ContactPerson
from yanzhen.contact.queries import present_person
from yanzhen.contact.services import assign, link_account_to_person, name_contact_person, release
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.kernel.ids import uuid7
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.people.models import Member

pytestmark = pytest.mark.django_db


def named(cast: Cast, name: str = "莫小芳", phone: str = "19900000021", by: str = "shilei") -> ContactPerson:
    return name_contact_person(actor=cast.actor(by), unit_id=cast.qingshi.id, name=name, phone=phone)


def given(cast: Cast, person: ContactPerson, by: str = "shilei") -> Assignment:
    return assign(actor=cast.actor(by), member_id=cast.huangxiulan.id, person_id=person.id)


def told(cast: Cast) -> list[str]:
    facts = Fact.objects.filter(member_id=cast.huangxiulan.id, kind__startswith="contact.person.")
    return [entry.sentence for entry in tell(facts.order_by("id"))]


def test_naming(cast: Cast) -> None:
    person = named(cast)
    assert (person.name, person.path, person.account_id) == ("莫小芳", cast.qingshi.path, None)
    assert "1990" not in person.phone_sealed
    (entry,) = tell(Fact.objects.filter(kind="contact.person.named", subject_id=person.id))
    assert entry.sentence == "石磊登记了一名联系人"


def test_naming_somebody_twice_is_once(cast: Cast) -> None:
    first = named(cast)
    assert named(cast).id == first.id
    assert named(cast, phone="19900000022").id != first.id
    assert Fact.objects.filter(kind="contact.person.named", subject_id=first.id).count() == 1


@pytest.mark.parametrize(
    ("name", "phone", "field"), [(" ", "", "name"), ("莫" * 61, "", "name"), ("莫小芳", "电话", "phone")]
)
def test_naming_is_refused(cast: Cast, name: str, phone: str, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        named(cast, name=name, phone=phone)
    assert refused.value.field == field


def test_assigning(cast: Cast) -> None:
    assignment = given(cast, named(cast))
    assert Assignment.objects.get(member=cast.huangxiulan, ends_on__isnull=True).id == assignment.id
    assert told(cast) == ["石磊请莫小芳做联系人"]
    found = present_person(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id)
    assert found is not None
    assert found.name == "莫小芳"


def test_assigning_the_same_person_again_changes_nothing(cast: Cast) -> None:
    person = named(cast)
    assert given(cast, person).id == given(cast, person).id
    assert len(told(cast)) == 1


def test_another_person_takes_over(cast: Cast) -> None:
    given(cast, named(cast))
    given(cast, named(cast, name="莫大山"))
    assert told(cast) == ["石磊请莫小芳做联系人", "莫小芳不再做联系人", "石磊请莫大山做联系人"]
    assert Assignment.objects.filter(member=cast.huangxiulan, ends_on__isnull=True).count() == 1


def test_releasing(cast: Cast) -> None:
    given(cast, named(cast))
    release(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, reason="调走了")
    assert told(cast)[-1] == "莫小芳不再做联系人，原因：调走了"
    assert release(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id) is None
    assert len(told(cast)) == 2


def test_with_an_account_the_person_sees_the_member(cast: Cast) -> None:
    account = cast.account("lufang")
    person = named(cast)
    given(cast, person)
    link_account_to_person(actor=cast.actor("shilei"), person_id=person.id, account_id=account.id)
    assert Member.objects.get(pk=cast.huangxiulan.pk).keeper_id == account.id
    assert present_person(actor=cast.actor("lufang"), member_id=cast.huangxiulan.id) == person
    release(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id)
    with pytest.raises(NotFound):
        present_person(actor=cast.actor("lufang"), member_id=cast.huangxiulan.id)


def test_an_account_given_when_named_counts_from_the_start(cast: Cast) -> None:
    account = cast.account("lufang")
    person = name_contact_person(
        actor=cast.actor("shilei"), unit_id=cast.qingshi.id, name="莫小芳", account_id=account.id
    )
    given(cast, person)
    assert Member.objects.get(pk=cast.huangxiulan.pk).keeper_id == account.id


def test_an_account_is_not_taken_over(cast: Cast) -> None:
    person, secretary = named(cast), cast.actor("shilei")
    with pytest.raises(DomainError) as refused:
        link_account_to_person(actor=secretary, person_id=person.id, account_id=uuid7())
    assert refused.value.field == "account_id"
    link_account_to_person(actor=secretary, person_id=person.id, account_id=cast.account("lufang").id)
    with pytest.raises(Conflict):
        link_account_to_person(actor=secretary, person_id=person.id, account_id=cast.account("shilei").id)


def test_nobody_is_his_own_contact_person(cast: Cast) -> None:
    secretary, own = cast.actor("shilei"), cast.account("weizhiqiang").id
    person = name_contact_person(actor=secretary, unit_id=cast.qingshi.id, name="韦志强", account_id=own)
    with pytest.raises(DomainError) as refused:
        assign(actor=secretary, member_id=cast.weizhiqiang.id, person_id=person.id)
    assert refused.value.field == "person_id"


def test_a_person_of_a_unit_above_may_be_assigned(cast: Cast) -> None:
    person = name_contact_person(actor=cast.actor("zhouhui"), unit_id=cast.town.id, name="莫大山")
    assert given(cast, person).person_id == person.id


def test_scope(cast: Cast) -> None:
    person = named(cast)
    for by, refusal in (("liuqing", NotFound), ("guming", NotPermitted), ("lufang", NotFound)):
        with pytest.raises(refusal):
            named(cast, by=by, name="别人")
        with pytest.raises(refusal):
            given(cast, person, by=by)
    other = name_contact_person(actor=cast.actor("liuqing"), unit_id=cast.liuhe.id, name="覃大海")
    with pytest.raises(NotFound):
        given(cast, other)
    assert told(cast) == []
