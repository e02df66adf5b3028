"""search: what Chinese people type, whom it finds, in which order, within whose reach, and by which index."""

from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from yanzhen.people import search as searching
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.search import search
from yanzhen.people.services import add_members

pytestmark = pytest.mark.django_db

TOWNSPEOPLE: list[dict[str, Value]] = [
    {"name": "王国强", "phone": "19900004321", "id_number": "522699197002034328"},
    {"name": "王强"},
    {"name": "张国强"},
    {"name": "强国"},
    {"name": "欧阳玉兰"},
    {"name": "王小国"},
]


@pytest.fixture
def town(cast: Cast) -> Cast:
    add_members(actor=cast.actor("zhouhui"), rows=[(cast.liuhe.id, values) for values in TOWNSPEOPLE])
    return cast


def found(cast: Cast, text: str, username: str = "zhouhui") -> list[str]:
    return [member.name for member in search(actor=cast.actor(username), text=text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王强", ["王强"]),
        ("强", ["强国", "王国强", "王强", "韦志强", "张国强"]),
        ("国强", ["王国强", "张国强"]),
        ("王国", ["王国强"]),
        ("wang guo", ["王国强"]),
        ("WANGQIANG", ["王强"]),
        ("ｗｑ", ["王强"]),
        ("wgq", ["王国强"]),
        ("guoqiang", ["王国强", "张国强"]),
        ("qiang", ["强国", "王国强", "王强", "韦志强", "张国强"]),
        ("zhang g", ["张国强"]),
        ("ouyang", ["欧阳玉兰"]),
        ("欧阳", ["欧阳玉兰"]),
        (" 王 小 国 ", ["王小国"]),
        ("tanxiaoyan", ["覃小燕"]),
        ("李", []),
        ("国王", []),
        ("  ", []),
        ("%", []),
        ("#", []),
    ],
)
def test_names(town: Cast, text: str, names: list[str]) -> None:
    assert found(town, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("4321", ["王国强"]),
        ("4328", ["王国强"]),
        ("004321", ["王国强"]),
        ("994321", []),
        ("19900004321", ["王国强"]),
        ("19900004329", []),
        ("522699197002034328", ["王国强"]),
        ("522699197002034329", []),
        ("2034328", ["王国强"]),
        ("432", []),
    ],
)
def test_numbers(town: Cast, text: str, names: list[str]) -> None:
    assert found(town, text) == names


def test_an_x_at_the_end_may_be_small(cast: Cast) -> None:
    values: dict[str, Value] = {"name": "林", "id_number": "52269919700203407X"}
    add_members(actor=cast.actor("zhouhui"), rows=[(cast.liuhe.id, values)])
    assert found(cast, "407x") == found(cast, "52269919700203407x") == ["林"]


def test_the_exact_name_comes_first_then_those_that_begin_so(town: Cast) -> None:
    add_members(
        actor=town.actor("zhouhui"),
        rows=[(town.liuhe.id, {"name": name}) for name in ("安王国", "王国", "王国安")],
    )
    assert found(town, "王国") == ["王国", "王国安", "王国强", "安王国"]


def test_a_branch_name_finds_its_members(town: Cast) -> None:
    assert found(town, "青石村") == ["黄秀兰", "韦志强"]
    assert found(town, "青石村", "liuqing") == []


def test_nobody_is_found_outside_ones_reach(town: Cast, cast_away: Cast) -> None:
    assert found(town, "强", "liuqing") == ["强国", "王国强", "王强", "张国强"]
    assert found(town, "强", "shilei") == ["韦志强"]
    assert found(town, "强", "lufang") == ["韦志强"]
    assert found(town, "兰", "lufang") == []
    assert found(town, "0001", "weizhiqiang") == ["韦志强"]
    assert found(town, "0003", "weizhiqiang") == []
    assert found(town, "19900000003", "shilei") == []
    assert found(town, "522699197002034328", "shilei") == []


def test_who_may_not_see_a_number_does_not_read_it_by_longer_and_longer_ends(town: Cast) -> None:
    assert found(town, "4328", "guming") == found(town, "4321", "guming") == ["王国强"]
    assert found(town, "04321", "guming") == []
    assert found(town, "034328", "guming") == []
    assert found(town, "19900004321", "guming") == found(town, "522699197002034328", "guming") == ["王国强"]
    assert found(town, "04321", "liuqing") == ["王国强"]


def test_only_the_nearest_are_found_and_filters_come_before(
    town: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST", 2)
    assert found(town, "国") == ["强国", "王小国"]  # all of them inside, in the order of the terms
    assert found(town, "王") == ["王国强", "王小国"]
    late = Member.objects.filter(name="王强")
    assert list(search(actor=town.actor("zhouhui"), text="王", among=late)) == list(late)


@pytest.mark.parametrize("username", ["zhouhui", "shilei", "lufang", "weizhiqiang"])
@pytest.mark.parametrize("text", ["强", "qiang", "w", "wang", "王国", "青石村"])
def test_a_large_ground_is_searched_by_another_way_to_the_same_members(
    town: Cast, cast_away: Cast, monkeypatch: pytest.MonkeyPatch, username: str, text: str
) -> None:
    small = found(town, text, username)
    monkeypatch.setattr(searching, "_SMALL", 0)
    assert found(town, text, username) == small


@pytest.mark.parametrize("text", ["王国", "wg", "4321"])
def test_a_text_is_one_range_of_the_index(
    town: Cast, monkeypatch: pytest.MonkeyPatch, text: str, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(searching, "_SMALL", 0)
    officer = town.actor("zhouhui")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # the tables of a test are too small for an index
            cursor.execute("SET LOCAL enable_seqscan = off")
        with django_assert_max_num_queries(6) as sent:
            list(search(actor=officer, text=text))
        ranges = [one["sql"] for one in sent if "people_searchterm" in one["sql"]]
        assert ranges
        for sql in ranges:
            cursor.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + sql)
            plan = " ".join(str(part) for row in cursor.fetchall() for part in row)
            # Which of its indexes PostgreSQL takes for ten rows is a matter of its statistics.
            assert connection.vendor == "postgresql" or "people_searchterm_term" in plan
            assert "scan on people_searchterm " not in plan.lower()
            assert "scan people_searchterm" not in plan.lower()
            assert "TEMP B-TREE" not in plan or "4321" in text
