"""set_parameter: a committee's own number, for its subtree, from a day on."""

from datetime import date

import pytest

from tests.cast import Cast
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.policy.models import Override
from yanzhen.policy.queries import Parameters
from yanzhen.policy.registry import PARAMETERS
from yanzhen.policy.services import set_parameter

pytestmark = pytest.mark.django_db

KEY = "contact.load"
DAY = date(2026, 12, 1)


def put(
    cast: Cast, value: str, *, unit: str = "town", by: str = "zhouhui", reason: str = "镇党委会议纪要"
) -> Override:
    return set_parameter(
        actor=cast.actor(by),
        unit=getattr(cast, unit),
        key=KEY,
        value=value,
        effective_from=DAY,
        reason=reason,
    )


def test_it_holds_below_from_its_day_on(cast: Cast) -> None:
    shipped = Parameters().get(KEY, path=cast.liuhe.path, on=DAY).value
    put(cast, "7")
    put(cast, "9", unit="qingshi")
    parameters = Parameters()
    assert parameters.get(KEY, path=cast.liuhe.path, on=DAY).number == 7
    assert parameters.get(KEY, path=cast.qingshi.path, on=DAY).number == 9
    assert parameters.get(KEY, path=cast.qingshi.path, on=date(2026, 11, 30)).value == shipped
    assert parameters.get(KEY, path="0002", on=DAY).value == shipped


def test_the_fact_says_who_set_what_and_why(cast: Cast) -> None:
    for _twice in range(2):
        put(cast, "7")
    fact = Fact.objects.get(kind="policy.parameter.set")
    assert (fact.path, fact.data["value"], fact.data["effective_from"]) == (cast.town.path, "7", "2026-12-01")
    sentence = tell([fact])[0].sentence
    assert all(part in sentence for part in ("周慧", str(PARAMETERS[KEY].label), "7", "镇党委会议纪要"))


def test_a_second_value_for_the_day_replaces_the_first(cast: Cast) -> None:
    put(cast, "7")
    put(cast, "8")
    assert [override.value for override in Override.objects.all()] == ["8"]
    assert Fact.objects.filter(kind="policy.parameter.set").count() == 2


@pytest.mark.parametrize(
    ("value", "reason", "field"),
    [
        ("七", "x", "value"),
        ("-1", "x", "value"),
        ("1.5", "x", "value"),
        ("", "x", "value"),
        ("7", " ", "reason"),
    ],
)
def test_what_will_not_do_is_named(cast: Cast, value: str, reason: str, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        put(cast, value, reason=reason)
    assert refused.value.field == field
    assert not Override.objects.exists()


def test_only_an_officer_on_his_own_ground(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        put(cast, "7", unit="qingshi", by="shilei")
    with pytest.raises(NotFound):
        put(cast, "7", unit="qingshi", by="liuqing")


def test_an_undeclared_key_is_a_bug(cast: Cast) -> None:
    with pytest.raises(LookupError):
        set_parameter(
            actor=cast.actor("zhouhui"),
            unit=cast.town,
            key="contact.moon",
            value="1",
            effective_from=DAY,
            reason="x",
        )
