"""When a town is built again, and what is never cleared away."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import Cast
from yanzhen.demo import folder
from yanzhen.demo.build import PURPOSE, stands
from yanzhen.kernel.errors import DomainError
from yanzhen.org.models import Unit


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path


def test_a_town_is_built_again_for_another_size_or_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not stands(members=None)
    folder.write(purpose=PURPOSE, members=600, seed=1)
    assert stands(members=None)
    assert stands(members=600)
    assert not stands(members=700)
    monkeypatch.setattr(folder, "version", lambda: "another")
    assert not stands(members=None)


def test_a_simulation_is_no_town() -> None:
    folder.write(purpose="simulate", members=600, seed=1)
    assert not stands(members=None)


@pytest.mark.django_db
def test_an_empty_database_needs_no_clearing() -> None:
    folder.clear(purpose=PURPOSE)


def test_real_data_is_never_cleared_away(cast: Cast) -> None:
    with pytest.raises(DomainError, match="正式的数据"):
        folder.clear(purpose=PURPOSE)
    assert Unit.objects.filter(pk=cast.town.pk).exists()


def test_data_made_for_another_purpose_is_not_cleared_away(cast: Cast) -> None:
    folder.write(purpose="simulate", members=3, seed=1)
    with pytest.raises(DomainError, match="另一种虚构的数据"):
        folder.clear(purpose=PURPOSE)
    assert Unit.objects.filter(pk=cast.town.pk).exists()


def test_a_spoiled_marker_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / folder.MARKER).write_text('{"members": 600}', "utf-8")
    assert folder.read() is None
