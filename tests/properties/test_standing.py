"""Whatever happens in whatever order: standing is what the facts make it, and the ledger is whole."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.properties.life import STEPS, Numbers, Town
from tests.properties.sound import assert_sound
from yanzhen.duties.models import Standing
from yanzhen.duties.services import check, rebuild
from yanzhen.ledger.sealing import Verified, verify
from yanzhen.mobility.models import Absence

NUMBERS = st.tuples(st.integers(0, 12), st.integers(0, 400), st.integers(0, 120))
LIVES = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), NUMBERS), min_size=4, max_size=14)

# Every run plays the same lives: a red test is red again for whoever looks into it.
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(life=LIVES)
@BOUNDED
def test_standing_is_what_the_facts_make_it(cast: Cast, life: list[tuple[str, Numbers]]) -> None:
    before = transaction.savepoint()
    try:
        town = Town(cast, cast.actor("zhouhui"))
        for step, numbers in life:
            town.play(step, numbers)
            assert list(check()) == []
        assert_sound()
        _away_and_only_they_have_standing()
        assert all(isinstance(answer, Verified) for answer in verify())
        assert rebuild() == Standing.objects.count()
    finally:
        transaction.savepoint_rollback(before)


def _away_and_only_they_have_standing() -> None:
    """The books of mobility and the fold of the facts agree on who is away; contact is due of each of them."""
    away = set(Absence.objects.filter(is_open=True).values_list("member_id", flat=True))
    contact = Counter(Standing.objects.filter(duty="contact_quarterly").values_list("member_id", flat=True))
    assert contact == Counter(away)
    of_absence = Standing.objects.exclude(duty="correction_check")
    assert set(of_absence.values_list("member_id", flat=True)) == away


def test_the_lives_are_lived(cast: Cast) -> None:
    """Most steps are done and not refused, or the properties would hold of nothing."""
    town = Town(cast, cast.actor("zhouhui"))
    for number, step in enumerate(STEPS):
        town.play(step, (number, number, number))
    assert town.done >= len(STEPS) - 6
