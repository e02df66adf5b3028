"""What a member owes a month, by 中组发〔2008〕3号. Pure: base and rates in force in, amount and clause out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from yanzhen.kernel.errors import DomainError

MOST = Decimal(100_000_000)  # yuan a month: above it a number was mistyped
_FEN = Decimal("0.01")
_MONEY = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,2})?")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class Kind(StrEnum):
    """Whose dues, and with it what the base is; always an amount of one month, in yuan.

    `monthly_wage`: the fixed, regular part of the month's wage after tax (art. 1). `annual_salary`: the pay that was
    in fact received in the month (art. 3), never a twelfth of the year's. `no_monthly_income`: the monthly average of
    the last quarter's net income (art. 4). `retired`: pension received (art. 5). The others have no base (art. 6).
    """

    MONTHLY_WAGE = "monthly_wage"
    ANNUAL_SALARY = "annual_salary"
    NO_MONTHLY_INCOME = "no_monthly_income"
    RETIRED = "retired"
    FARMER = "farmer"
    STUDENT = "student"
    UNEMPLOYED = "unemployed"
    ON_RELIEF = "on_relief"


WITH_BASE = frozenset({Kind.MONTHLY_WAGE, Kind.ANNUAL_SALARY, Kind.NO_MONTHLY_INCOME, Kind.RETIRED})


@dataclass(frozen=True)
class Band:
    """One rate on the whole base, for bases up to and with `limit`; None: without end."""

    limit: Decimal | None
    rate: Decimal


@dataclass(frozen=True)
class Rates:
    """The numbers in force since a month: bands from the lowest up, amounts in yuan."""

    since: date
    wage: tuple[Band, ...]
    retired: tuple[Band, ...]
    farmer: tuple[Decimal, Decimal]
    fixed: Decimal

    @classmethod
    def read(cls, value: Callable[[str], str], *, since: date) -> Rates:
        """The rates, each asked for by its parameter's key."""

        def bands(room: str, limits: int) -> tuple[Band, ...]:
            steps = [Decimal(value(f"dues.{room}.limit.{step}")) for step in range(1, limits + 1)]
            rates = [Decimal(value(f"dues.{room}.rate.{step}")) for step in range(1, limits + 2)]
            return tuple(map(Band, [*steps, None], rates))

        farmer = Decimal(value("dues.farmer.minimum")), Decimal(value("dues.farmer.maximum"))
        return cls(since, bands("wage", 3), bands("retired", 1), farmer, Decimal(value("dues.fixed.amount")))


@dataclass(frozen=True)
class Asked:
    """Whose dues, for which month; `base` in yuan, None where the kind has none."""

    kind: Kind
    month: str
    base: Decimal | None


@dataclass(frozen=True)
class Dues:
    """The month's dues in yuan, rounded half up to the fen. `minimum` and `maximum` where the member may choose: then
    `amount` is the minimum. `rule` says how it comes about, `source` where that stands."""

    amount: Decimal
    rule: str
    source: str
    rate: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None


def monthly_dues(asked: Asked, rates: Rates) -> Dues:
    """What is owed; DomainError for a month before the rates were in force."""
    if date.fromisoformat(f"{asked.month}-01") < rates.since:
        raise DomainError(_("2008年4月以前的党费不按现在的规定计算，请查当时的标准。"), field="month")
    if asked.base is None:
        return _without_base(asked.kind, rates)
    bands = rates.retired if asked.kind is Kind.RETIRED else rates.wage
    band = next(it for it in bands if it.limit is None or asked.base <= it.limit)
    amount = (asked.base * band.rate).quantize(_FEN, ROUND_HALF_UP)
    told = {
        "what": _base_in_words(asked.kind),
        "base": f"{asked.base:.2f}",
        "band": _band_in_words(band, bands),
        "rate": f"{(band.rate * 100).normalize():f}",
    }
    rule = _("%(what)s %(base)s 元，%(band)s，按 %(rate)s%% 交纳。") % told
    return Dues(amount, rule, _source(asked.kind), rate=band.rate)


def _without_base(kind: Kind, rates: Rates) -> Dues:
    if kind is Kind.FARMER:
        least, most = rates.farmer
        rule = _("农民党员每月交纳 %(least)s 元至 %(most)s 元。") % {"least": least, "most": most}
        return Dues(least, rule, _source(kind), minimum=least, maximum=most)
    rule = _("学生、下岗失业、依靠抚恤或救济生活的党员每月交纳 %(amount)s 元。") % {"amount": rates.fixed}
    return Dues(rates.fixed, rule, _source(kind))


def _base_in_words(kind: Kind) -> str:
    return {
        Kind.MONTHLY_WAGE: _("月工资收入（税后）"),
        Kind.ANNUAL_SALARY: _("实行年薪制，当月实际领取的薪酬"),
        Kind.NO_MONTHLY_INCOME: _("不按月取得收入，上季度月平均纯收入"),
        Kind.RETIRED: _("离退休费或养老金"),
    }[kind]


def _band_in_words(band: Band, bands: tuple[Band, ...]) -> str:
    place = bands.index(band)
    below = bands[place - 1].limit if place else None
    if below is None:
        return _("在 %(limit)s 元以下（含 %(limit)s 元）") % {"limit": band.limit}
    if band.limit is None:
        return _("在 %(below)s 元以上") % {"below": below}
    return _("在 %(below)s 元以上至 %(limit)s 元（含 %(limit)s 元）") % {"below": below, "limit": band.limit}


def _source(kind: Kind) -> str:
    article = {
        Kind.MONTHLY_WAGE: _("第一条、第二条"),
        Kind.ANNUAL_SALARY: _("第二条、第三条"),
        Kind.NO_MONTHLY_INCOME: _("第二条、第四条"),
        Kind.RETIRED: _("第五条"),
    }.get(kind, _("第六条"))
    return _("《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3号）%(article)s") % {
        "article": article
    }


def read_asked(values: Mapping[str, Any]) -> Asked:
    """What these JSON values ask for; DomainError with its `field` for the first that is missing or impossible.

    A base is read where the kind has one, from text (`"6200.00"`) or from a number.
    """
    kind, month = values.get("kind"), values.get("month")
    if not isinstance(kind, str) or kind not in set(Kind):
        raise DomainError(
            _("kind（收入类别）只能是 %(known)s 之一。") % {"known": "、".join(Kind)}, field="kind"
        )
    if not isinstance(month, str) or not _MONTH.fullmatch(month) or month < "0001":
        raise DomainError(_("month（月份）要写成 2026-11 这样。"), field="month")
    return Asked(Kind(kind), month, _base(values.get("base")) if kind in WITH_BASE else None)


def _base(value: Any) -> Decimal:
    written = (
        str(value).strip() if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""
    )
    if not _MONEY.fullmatch(written):
        raise DomainError(_("base（基数）要写成 6200.00 这样的金额，单位是元，最多两位小数。"), field="base")
    if written.startswith("-"):
        raise DomainError(_("base（基数）不能是负数。"), field="base")
    base = Decimal(written)
    if base > MOST:
        raise DomainError(_("base（基数）超过一亿元，请核对。"), field="base")
    return base
