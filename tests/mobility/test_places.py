"""province_of and division: where a text says somebody went."""

import pytest

from yanzhen.mobility.places import division, divisions, province_of, provinces


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("浙江杭州", "33"),
        (" 浙江省 杭州市 西湖区 ", "33"),
        ("杭州", "33"),
        ("昆山", "32"),
        ("义乌小商品市场", "33"),
        ("泰和县", "36"),
        ("内蒙", "15"),
        ("西藏拉萨", "54"),
        ("恩施", "42"),
        ("浦东新区", "31"),
        ("香港", "81"),
        ("日本东京", "99"),
        ("境外", "99"),
    ],
)
def test_names_in_full_and_short(text: str, province: str) -> None:
    assert province_of(text) == province


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("北京朝阳", "11"),  # 朝阳 alone is a city in Liaoning
        ("青海海南州", "63"),
        ("海南", "46"),
        ("吉林", "22"),
        ("湖北京山市", "42"),  # no 北京 in it
        ("陕西西安市长安区", "61"),
        ("重庆江北区", "50"),  # the other 江北区 is in Zhejiang
        ("杭州城区", "33"),
    ],
)
def test_names_that_several_places_bear(text: str, province: str) -> None:
    assert province_of(text) == province


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("上海南京路", "31"),
        ("广州北京路", "44"),
        ("北京路步行街", ""),
        ("浙江杭州日本料理", "33"),
        ("广东村", ""),
    ],
)
def test_streets_villages_and_restaurants_are_elsewhere(text: str, province: str) -> None:
    assert province_of(text) == province


@pytest.mark.parametrize(
    "text",
    [
        "",
        "外省",
        "鞋厂",
        "苏州、上海",
        "浙江或江苏",
        "朝阳区",
        "鼓楼区",
        "珠三角",
        "云岭县青禾镇",
        "长安",
        "城区",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert province_of(text) == ""


def test_every_division_is_found_by_its_whole_name() -> None:
    whole = {code: told[1] for code in divisions() if (told := division(code))}
    assert len(whole) > 3000
    assert {code: name for code, name in whole.items() if province_of(name) != code[:2]} == {}


def test_there_are_34_provinces() -> None:
    assert len(provinces()) == 34
    assert provinces()["52"] == "贵州省"


def test_the_division_of_a_code() -> None:
    assert division("330106") == ("330106", "浙江省杭州市西湖区")
    assert division("522699") == ("522600", "贵州省黔东南苗族侗族自治州")  # no such county
    assert division("990101") is None
