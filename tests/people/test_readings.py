"""How names are read."""

import pytest

from yanzhen.people.readings import name_key, plain, readings
from yanzhen.people.terms import terms_for


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("王国强", "wang guo qiang"),
        ("仇英", "qiu ying"),
        ("单雄信", "shan xiong xin"),
        ("单于婵", "chan yu chan"),
        ("单于夫罗", "chan yu fu luo"),
        ("曾国英", "zeng guo ying"),
        ("解小珍", "xie xiao zhen"),
        ("查良", "zha liang"),
        ("区小燕", "ou xiao yan"),
        ("盖文", "ge wen"),
        ("朴树", "piao shu"),
        ("任芳", "ren fang"),
        ("尉迟恭", "yu chi gong"),
        ("万俟明", "mo qi ming"),
        ("翟明", "zhai ming"),
        ("冼星", "xian xing"),
        ("缪斌", "miao bin"),
        ("乐毅", "yue yi"),
        ("纪兰", "ji lan"),
        ("华佗", "hua tuo"),
        ("那英", "na ying"),
        ("员明", "yun ming"),
        ("种师道", "chong shi dao"),
        ("秘文", "bi wen"),
        ("逄涛", "pang tao"),
        ("召明", "shao ming"),
        ("欧阳锋", "ou yang feng"),
        ("吕布", "lv bu"),
        ("买买提·吐尔逊", "mai mai ti tu er xun"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, key: str) -> None:
    assert name_key(name) == f"{key} {plain(name)}"


def test_other_readings_are_kept_beside_the_likeliest() -> None:
    assert list(readings("覃长乐")) == [
        ("qin", "chang", "le"),
        ("tan", "chang", "le"),
        ("qin", "zhang", "le"),
        ("qin", "chang", "yue"),
    ]


def test_a_name_is_searched_by_every_tail_pinyin_and_initials() -> None:
    beginning, inside = ["王国强", "wangguoqiang", "wgq"], ["国强", "强", "guoqiang", "qiang"]
    assert terms_for("王国强", "", "") == {**dict.fromkeys(beginning, 0), **dict.fromkeys(inside, 1)}
    assert terms_for("林", "", "") == {"林": 0, "lin": 0, "l": 0}
    assert terms_for("王王", "", "") == {"王王": 0, "王": 1, "wangwang": 0, "wang": 1, "ww": 0}
    assert {"买买提吐尔逊", "吐尔逊", "mmttex"} < terms_for("买买提·吐尔逊", "", "").keys()


def test_numbers_are_searched_blindly_by_their_ends() -> None:
    terms = terms_for("林", "19900000001", "522699198503071236").keys() - {"林", "lin", "l"}
    assert len(terms) == 2
    assert not any("0001" in term or "1236" in term for term in terms)
    assert terms_for("林", "18800000001", "").keys() - {"林", "lin", "l"} < terms
    assert terms_for("林", "001", "").keys() == {"林", "lin", "l"}
