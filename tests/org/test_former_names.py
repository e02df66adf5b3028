"""Former names: of a renamed unit and of one merged into another, found by code look-up, search and the tree."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from yanzhen.kernel.errors import NotFound
from yanzhen.org.queries import former_names, unit_by_code
from yanzhen.org.services import rename_unit
from yanzhen.oversight.tree import tree
from yanzhen.people.search import search
from yanzhen.reorganization.services import merge_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(cast: Cast) -> Cast:
    for name in ("柳河社区党支部", "柳溪党支部", "柳河社区党支部"):
        rename_unit(actor=cast.actor("zhouhui"), unit_id=cast.liuhe.id, name=name)
    return cast


def test_a_unit_is_found_by_what_it_was_called(renamed: Cast) -> None:
    officer = renamed.actor("zhouhui")
    for name in ("柳河村党支部", "柳溪党支部", "柳河社区党支部"):
        assert unit_by_code(actor=officer, permission="org.see", code=name) == renamed.liuhe
    assert [member.name for member in search(actor=officer, text="柳溪")] == ["覃小燕"]
    (topmost,) = tree(actor=officer, text="柳溪").leaves
    assert [leaf.unit for leaf in topmost.children] == [renamed.liuhe]
    assert tree(actor=officer, text="无此支部").leaves == []


def test_each_former_name_is_kept_once(renamed: Cast) -> None:
    names = {one.name for one in former_names(actor=renamed.actor("liuqing"), unit_id=renamed.liuhe.id)}
    assert names == {"柳河村党支部", "柳溪党支部", "柳河社区党支部"}
    with pytest.raises(NotFound):
        former_names(actor=renamed.actor("shilei"), unit_id=renamed.liuhe.id)


def test_a_name_in_use_goes_before_a_former_one(renamed: Cast) -> None:
    officer = renamed.actor("zhouhui")
    rename_unit(actor=officer, unit_id=renamed.qingshi.id, name="柳溪党支部")
    assert unit_by_code(actor=officer, permission="org.see", code="柳溪党支部") == renamed.qingshi


def test_a_merged_unit_leads_to_the_other(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    merge_units(actor=officer, unit_id=cast.liuhe.id, into_id=cast.qingshi.id)
    assert unit_by_code(actor=officer, permission="org.see", code="柳河村党支部") == cast.qingshi
