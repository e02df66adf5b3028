"""Whatever happened before: two registrations made one and parted again are what they were."""

from __future__ import annotations

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.properties.life import Numbers, Town
from tests.properties.test_standing import BOUNDED, LIVES, NUMBERS
from tests.reorganization.state import state
from yanzhen.duties.services import check
from yanzhen.kernel import clock
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.sealing import Verified, verify
from yanzhen.people.columns import OWN
from yanzhen.reorganization.merging import merge_members, split_members

TAKEN = st.lists(st.sampled_from([column.key for column in OWN]), max_size=6, unique=True)


@given(life=LIVES, whom=NUMBERS, take=TAKEN)
@BOUNDED
def test_split_is_the_opposite_of_merge(
    cast: Cast, life: list[tuple[str, Numbers]], whom: Numbers, take: list[str]
) -> None:
    before = transaction.savepoint()
    try:
        town = Town(cast, cast.actor("zhouhui"))
        for step, numbers in life:
            town.play(step, numbers)
        _merge_and_split(town, whom, take)
    finally:
        transaction.savepoint_rollback(before)


def _merge_and_split(town: Town, whom: Numbers, take: list[str]) -> None:
    keep, other = town.member(whom[0]), town.member(whom[0] + 1 + whom[1] % 2)
    was = state()
    with clock.set_to(town.day):
        try:
            merge_members(actor=town.officer, keep_id=keep.id, other_id=other.id, take=take)
        except DomainError:
            assert state() == was
            return
        assert list(check()) == []
        assert split_members(actor=town.officer, member_id=keep.id).id == other.id
    assert state() == was
    assert list(check()) == []
    assert all(isinstance(answer, Verified) for answer in verify())


def test_most_pairs_are_merged(cast: Cast) -> None:
    """The cast at home can be made one in any order, or the property would hold of nothing."""
    for number in range(3):
        _merge_and_split(Town(cast, cast.actor("zhouhui")), (number, 0, 0), ["name", "phone", "note"])
