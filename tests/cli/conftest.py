"""A committee of its own for commands that run as processes: founded by one, and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.processes import yanzhen


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of 云岭县青禾镇党委 as `init` leaves it; only to be copied."""
    folder = tmp_path_factory.mktemp("founded")
    made = yanzhen(
        *("init", "--unit", "云岭县青禾镇党委", "--admin", "zhouhui"),
        folder=folder,
        extra={"YANZHEN_ADMIN_PASSWORD": "qing-he-2026-x"},
    )
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def town(founded: Path, tmp_path: Path) -> Path:
    """The data folder of an empty committee with its officer 周慧."""
    return shutil.copytree(founded, tmp_path / "data")
