"""suggested: which category what is known suggests; and the page on which it is confirmed in one step."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from yanzhen.kernel.errors import NotFound, NotPermitted
from yanzhen.mobility.suggesting import suggest_categories
from yanzhen.people.categories import begin_categories, categorize
from yanzhen.people.category_lists import names_of
from yanzhen.people.rules import Known, age_on, suggested
from yanzhen.people.services import change_member


@pytest.mark.parametrize(
    ("reason", "education", "work", "age", "key"),
    [
        ("务工", "", "", None, "work"),
        ("外出打工", "初中", "", 41, "work"),
        ("务工", "大学本科毕业", "", 26, "graduate"),
        ("务工", "大学专科", "", 30, "work"),
        ("上学", "硕士研究生", "", 24, "graduate"),
        ("务工", "中等专科", "", 24, "work"),
        ("经商", "大学本科毕业", "", 26, "business"),
        ("自主创业", "", "", None, "business"),
        ("随家人居住", "", "", 60, "retired"),
        ("随家人居住", "", "退休教师", None, "retired"),
        ("随家人居住", "", "", 59, ""),
        ("务工", "", "退休教师", 66, "work"),
        ("随军", "大学本科毕业", "", 27, "army"),
        ("随家人居住", "", "随军家属", 35, "army"),
        ("", "", "", None, ""),
        ("出差、借调", "初中", "", 30, ""),
    ],
)
def test_what_is_known_suggests(reason: str, education: str, work: str, age: int | None, key: str) -> None:
    known = Known(reason, education, work, age)
    assert suggested(known, graduate_below=30, retired_from=60) == key


@pytest.mark.parametrize(
    ("birth_on", "written", "age"),
    [
        ("1996-11-23", None, 30),
        ("1996-11-24", None, 29),
        ("1996-11", 40, 29),
        ("1996", None, 29),
        ("", 41, 41),
    ],
)
def test_an_age_is_whole_years_by_the_last_day_that_was_meant(
    birth_on: str, written: int | None, age: int
) -> None:
    assert age_on(date(2026, 11, 23), birth_on=birth_on, written=written) == age


@pytest.mark.django_db
def test_suggested_for_a_branch_and_confirmed_in_one_step(cast_away: Cast) -> None:
    officer, secretary = cast_away.actor("zhouhui"), cast_away.actor("shilei")
    assert suggest_categories(actor=officer, unit_id=cast_away.town.id) == []  # nothing is kept yet
    begun = begin_categories(actor=officer, unit_id=cast_away.town.id)
    change_member(
        actor=officer,
        member_id=cast_away.weizhiqiang.id,
        values={"education": "大学本科", "birth_on": "1999"},
    )
    told = suggest_categories(actor=officer, unit_id=cast_away.town.id)
    assert [(one.member.name, one.category.name) for one in told] == [
        ("韦志强", "高校毕业生"),
        ("覃小燕", "务工"),
    ]
    assert [one.member.name for one in suggest_categories(actor=secretary, unit_id=cast_away.qingshi.id)] == [
        "韦志强"
    ]
    page = Client()
    page.force_login(cast_away.account("shilei"), "django.contrib.auth.backends.ModelBackend")
    url = reverse("categories_suggest", args=[cast_away.qingshi.id])
    assert "高校毕业生" in page.get(url).content.decode()
    page.post(url, {"pair": [f"{told[0].member.id}:{told[0].category.id}"]})
    assert names_of([cast_away.weizhiqiang.id]) == {cast_away.weizhiqiang.id: ["高校毕业生"]}
    assert suggest_categories(actor=secretary, unit_id=cast_away.qingshi.id) == []
    assert page.post(url, {"pair": ["x"]}).status_code in (409, 422)
    assert page.post(url, {"pair": [f"{cast_away.qinxiaoyan.id}:{begun[0].id}"]}).status_code == 404
    categorize(actor=officer, wanted={cast_away.qinxiaoyan.id: [begun[0].id]})
    assert suggest_categories(actor=officer, unit_id=cast_away.town.id) == []


@pytest.mark.django_db
def test_it_is_the_units_own_affair(cast_away: Cast) -> None:
    for who, refusal in (("liuqing", NotFound), ("guming", NotPermitted)):
        with pytest.raises(refusal):
            suggest_categories(actor=cast_away.actor(who), unit_id=cast_away.qingshi.id)
