"""monthly_dues: 中组发〔2008〕3号, article by article."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yanzhen.dues.declarations import PARAMETERS, SINCE
from yanzhen.dues.rules import MOST, WITH_BASE, Asked, Dues, Kind, Rates, monthly_dues, read_asked
from yanzhen.kernel.errors import DomainError

RATES = Rates.read({it.key: it.on(SINCE).value for it in PARAMETERS}.__getitem__, since=SINCE)
MONEY = some.decimals(0, MOST, places=2)


def owed(kind: str, base: str | None = None, month: str = "2026-11") -> Dues:
    return monthly_dues(Asked(Kind(kind), month, None if base is None else Decimal(base)), RATES)


@pytest.mark.parametrize("kind", ["monthly_wage", "annual_salary", "no_monthly_income"])
@pytest.mark.parametrize(
    ("base", "rate", "amount"),
    [
        ("0", "0.005", "0.00"),
        ("2999.99", "0.005", "15.00"),
        ("3000", "0.005", "15.00"),
        ("3000.01", "0.01", "30.00"),
        ("5000", "0.01", "50.00"),
        ("5000.01", "0.015", "75.00"),
        ("6200.00", "0.015", "93.00"),
        ("10000", "0.015", "150.00"),
        ("10000.01", "0.02", "200.00"),
        ("120000", "0.02", "2400.00"),
    ],
)
def test_one_rate_on_the_whole_base(kind: str, base: str, rate: str, amount: str) -> None:
    dues = owed(kind, base)
    assert (dues.rate, dues.amount) == (Decimal(rate), Decimal(amount))
    assert (dues.minimum, dues.maximum) == (None, None)


@pytest.mark.parametrize(
    ("base", "rate", "amount"),
    [("5000", "0.005", "25.00"), ("5000.01", "0.01", "50.00"), ("12000", "0.01", "120.00")],
)
def test_pensions_have_two_bands(base: str, rate: str, amount: str) -> None:
    dues = owed("retired", base)
    assert (dues.rate, dues.amount) == (Decimal(rate), Decimal(amount))


@pytest.mark.parametrize(
    ("base", "amount"), [("1", "0.01"), ("0.99", "0.00"), ("101", "0.51"), ("3100.50", "31.01")]
)
def test_half_a_fen_rounds_up(base: str, amount: str) -> None:
    assert owed("monthly_wage", base).amount == Decimal(amount)


def test_farmers_choose() -> None:
    dues = owed("farmer")
    assert (dues.amount, dues.minimum, dues.maximum, dues.rate) == (
        Decimal("0.20"),
        Decimal("0.20"),
        Decimal("1.00"),
        None,
    )


@pytest.mark.parametrize("kind", ["student", "unemployed", "on_relief"])
def test_a_fixed_amount(kind: str) -> None:
    dues = owed(kind)
    assert (dues.amount, dues.minimum, dues.maximum, dues.rate) == (Decimal("0.20"), None, None, None)


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        ("monthly_wage", "第一条"),
        ("annual_salary", "第三条"),
        ("no_monthly_income", "第四条"),
        ("retired", "第五条"),
        ("farmer", "第六条"),
        ("on_relief", "第六条"),
    ],
)
def test_the_clause_is_named(kind: str, article: str) -> None:
    dues = owed(kind, "6200" if kind in WITH_BASE else None)
    assert article in dues.source
    assert "中组发〔2008〕3号" in dues.source
    assert dues.rule.endswith("。")


def test_the_rule_tells_the_band() -> None:
    assert owed("monthly_wage", "6200").rule == (
        "月工资收入（税后） 6200.00 元，在 5000 元以上至 10000 元（含 10000 元），按 1.5% 交纳。"
    )
    assert "在 3000 元以下（含 3000 元），按 0.5% 交纳" in owed("monthly_wage", "10").rule
    assert "在 5000 元以上，按 1% 交纳" in owed("retired", "9000").rule


@pytest.mark.parametrize("kind", sorted(Kind))
def test_nothing_is_computed_for_months_before_the_rule(kind: str) -> None:
    base = "6200" if kind in WITH_BASE else None
    with pytest.raises(DomainError) as refused:
        owed(kind, base, "2008-03")
    assert refused.value.field == "month"
    assert owed(kind, base, "2008-04").amount > 0


@given(some.sampled_from(sorted(WITH_BASE)), MONEY, MONEY)
def test_a_higher_base_never_owes_less(kind: Kind, one: Decimal, other: Decimal) -> None:
    low, high = (monthly_dues(Asked(kind, "2026-11", base), RATES) for base in sorted((one, other)))
    assert 0 <= low.amount <= high.amount
    assert low.amount.as_tuple().exponent == -2


GOOD: dict[str, Any] = {"kind": "monthly_wage", "base": "6200.00", "month": "2026-11"}


@pytest.mark.parametrize("base", ["6200.00", "6200", 6200, Decimal("6200.0"), " 6200.00 "])
def test_a_base_is_text_or_a_number(base: Any) -> None:
    assert read_asked({**GOOD, "base": base}) == Asked(Kind.MONTHLY_WAGE, "2026-11", Decimal(6200))


def test_who_has_no_base_needs_none() -> None:
    assert read_asked({"kind": "student", "month": "2026-11"}).base is None
    assert read_asked({"kind": "farmer", "base": None, "month": "2026-11"}).base is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "soldier"),
        ("kind", None),
        ("kind", []),
        ("month", "2026-13"),
        ("month", "2026-1"),
        ("month", "2026"),
        ("month", "0000-01"),
        ("month", 202611),
        ("month", None),
        ("base", None),
        ("base", ""),
        ("base", "-1"),
        ("base", "-0"),
        ("base", "6,200"),
        ("base", "6200.005"),
        ("base", "1e3"),
        ("base", "六千"),
        ("base", "６２００"),
        ("base", "NaN"),
        ("base", True),
        ("base", 6200.5),  # never a binary fraction: JSON is read as decimals
        ("base", "100000000.01"),
        ("base", "9" * 21),
    ],
)
def test_an_impossible_value_is_refused_by_its_name(key: str, value: object) -> None:
    with pytest.raises(DomainError) as refused:
        read_asked({**GOOD, key: value})
    assert refused.value.field == key
    assert key in refused.value.sentence
