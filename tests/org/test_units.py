"""found_root, found_unit, rename_unit, end_unit: the tree, its facts, and what is refused."""

import pytest

from tests.cast import FOUNDER, Cast
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.queries import trail, unit_by_code, units
from yanzhen.org.services import NewUnit, end_unit, found_root, found_unit, found_units, rename_unit

pytestmark = pytest.mark.django_db


def said(kind: str) -> list[str]:
    return [entry.sentence for entry in tell(Fact.objects.filter(kind=kind).order_by("id"))]


def test_a_unit_stands_below_its_parent(cast: Cast) -> None:
    group = found_unit(
        actor=cast.actor("zhouhui"), parent_id=cast.qingshi.id, name=" 第一党小组 ", kind=UnitKind.GROUP
    )
    assert (group.name, group.path, group.code) == ("第一党小组", cast.qingshi.path + "0001", "001.01.01")
    assert said("org.unit.founded")[-1] == "周慧设立党小组“第一党小组”"
    names = [unit.name for unit in trail(actor=cast.actor("shilei"), unit=group)]
    assert names == ["青石村党支部", "第一党小组"]


def test_a_name_is_free_once_below_one_parent(cast: Cast) -> None:
    for name in ("青石村党支部", " 青石村党支部", ""):
        with pytest.raises(DomainError) as refused:
            found_unit(actor=cast.actor("zhouhui"), parent_id=cast.town.id, name=name, kind=UnitKind.BRANCH)
        assert refused.value.field == "name"
    with pytest.raises(DomainError):
        rename_unit(actor=cast.actor("zhouhui"), unit_id=cast.liuhe.id, name="青石村党支部")


def test_a_renamed_unit_keeps_its_place_and_its_code(cast: Cast) -> None:
    place = cast.liuhe.path, cast.liuhe.code
    for _twice in range(2):
        rename_unit(actor=cast.actor("zhouhui"), unit_id=cast.liuhe.id, name="柳河社区党支部")
    cast.liuhe.refresh_from_db()
    assert (cast.liuhe.name, (cast.liuhe.path, cast.liuhe.code)) == ("柳河社区党支部", place)
    assert said("org.unit.renamed") == ["周慧把“柳河村党支部”改名为“柳河社区党支部”"]


def test_a_unit_ends_when_nobody_belongs_to_it(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    for full in (cast.town, cast.liuhe):
        with pytest.raises(DomainError):
            end_unit(actor=officer, unit_id=full.id)
    empty = found_unit(actor=officer, parent_id=cast.town.id, name="旧村党支部", kind=UnitKind.BRANCH)
    for _twice in range(2):
        assert end_unit(actor=officer, unit_id=empty.id).ended_on is not None
    assert said("org.unit.ended") == ["周慧撤销“旧村党支部”"]
    again = found_unit(actor=officer, parent_id=cast.town.id, name="旧村党支部", kind=UnitKind.BRANCH)
    assert again.path != empty.path
    assert again.code != empty.code


def test_only_a_command_founds_a_committee(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        found_root(actor=cast.actor("zhouhui"), name="白水镇党委")
    second = found_root(actor=FOUNDER, name="白水镇党委")
    assert (second.path, second.code) == ("0002", "002")
    assert not units(actor=cast.actor("zhouhui")).filter(pk=second.pk).exists()
    with pytest.raises(NotFound):
        rename_unit(actor=cast.actor("zhouhui"), unit_id=second.id, name="青禾镇党委")


def test_only_an_officer_changes_the_tree(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        found_unit(actor=cast.actor("shilei"), parent_id=cast.qingshi.id, name="小组", kind=UnitKind.GROUP)
    with pytest.raises(NotFound):
        end_unit(actor=cast.actor("liuqing"), unit_id=cast.qingshi.id)
    assert Unit.objects.count() == 3


def test_a_code_that_is_not_given_is_the_next_that_nobody_gave(cast: Cast) -> None:
    """001.03 to 001.05 were given by hand: one elsewhere, one below the same unit, one in the same list."""
    officer, town = cast.actor("zhouhui"), cast.town.id
    elsewhere = cast.qingshi.id
    found_unit(actor=officer, parent_id=elsewhere, name="第一党小组", kind=UnitKind.GROUP, code="001.03")
    found_unit(actor=officer, parent_id=town, name="上寨村党支部", kind=UnitKind.BRANCH, code="001.04")
    founded = found_units(
        actor=officer,
        wanted=[
            NewUnit(town, "中寨村党支部", UnitKind.BRANCH),
            NewUnit(town, "下寨村党支部", UnitKind.BRANCH, "001.05"),
            NewUnit(town, "新寨村党支部", UnitKind.BRANCH),
        ],
    )
    assert [it.code for it in founded] == ["001.06", "001.05", "001.08"]
    later = found_unit(actor=officer, parent_id=town, name="老寨村党支部", kind=UnitKind.BRANCH)
    assert later.code == "001.09"
    assert len(set(Unit.objects.values_list("path", flat=True))) == Unit.objects.count()


def test_a_committees_code_is_the_next_that_nobody_gave(cast: Cast) -> None:
    found_root(actor=FOUNDER, name="白水镇党委", code="003")
    assert found_root(actor=FOUNDER, name="红岩镇党委").code == "004"


def test_where_no_code_fits_any_more_one_is_asked_for(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    branch = found_unit(
        actor=officer, parent_id=cast.town.id, name="上寨村党支部", kind=UnitKind.BRANCH, code="9" * 30
    )
    with pytest.raises(DomainError, match="给“第一党小组”写明代码") as refused:
        found_unit(actor=officer, parent_id=branch.id, name="第一党小组", kind=UnitKind.GROUP)
    assert refused.value.field == "code"
    found_unit(actor=officer, parent_id=branch.id, name="第一党小组", kind=UnitKind.GROUP, code="8" * 32)


def test_a_unit_is_known_by_code_or_by_a_name_that_only_one_bears(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    for known in ("001.02", "柳河村党支部"):
        assert unit_by_code(actor=officer, permission="org.see", code=known) == cast.liuhe
    found_unit(actor=officer, parent_id=cast.qingshi.id, name="柳河村党支部", kind=UnitKind.GROUP)
    for unknown in ("001.99", "柳河村党支部", ""):
        with pytest.raises(NotFound):
            unit_by_code(actor=officer, permission="org.see", code=unknown)
