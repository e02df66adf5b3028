"""`yanzhen roster`, as processes: recognize, import, take back; wrong files, two at once, killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from tests.cast import Cast
from tests.cli.processes import command, environment, is_one_sentence, yanzhen, yanzhen_here
from tests.sheets.books import id_number, roster, workbook
from tests.sheets.conftest import Desk
from yanzhen.org.services import rename_unit
from yanzhen.people.columns import Value
from yanzhen.sheets.models import Batch
from yanzhen.sheets.services import decide

ROWS: tuple[dict[str, Value], ...] = (
    {"name": "罗大山", "id_number": id_number("19790102", 1), "unit": "大坪村党支部", "joined_on": "2010-07"},
    {"name": "农春兰", "id_number": id_number("19800102", 2), "unit": "大坪村支部", "phone": "19900000012"},
    {"name": "", "id_number": id_number("19810102", 2), "unit": "大坪村党支部", "phone": "19900000013"},
    {"name": "岑玉珍", "id_number": "52269919820102", "unit": "高坡村党支部", "phone": "19900000014"},
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(roster(*ROWS))
    return path


def import_of(file: Path, *options: str) -> tuple[str, ...]:
    return ("roster", "import", str(file), "--unit", "001", "--actor", "zhouhui", *options)


def imported(file: Path, town: Path) -> dict[str, Any]:
    done = yanzhen(*import_of(file, "--json"), folder=town)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def count(town: Path, table: str) -> int:
    connection = sqlite3.connect(town / "yanzhen.sqlite3")
    try:
        number: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own table
    finally:
        connection.close()
    return number


def large_roster(path: Path, rows: int) -> Path:
    with Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "性别", "公民身份号码", "所在党支部"])
        for line in range(1, rows + 1):
            number = id_number(f"{1950 + line % 50}{line % 12 + 1:02d}{line % 28 + 1:02d}", line // 12 % 1000)
            page.write_row(
                line, 0, [f"罗{chr(0x4E00 + line % 2000)}{chr(0x4E00 + line // 2000)}", "", number]
            )
            page.write_string(line, 3, f"第{line % 7 + 1}村党支部")
    return path


def test_check_prints_the_contracts_document_and_touches_nothing(file: Path, tmp_path: Path) -> None:
    done = yanzhen("roster", "check", str(file), "--json", folder=tmp_path / "none")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert list(told) == ["sheet", "header_rows", "columns", "rows", "skipped"]
    assert (told["sheet"], told["header_rows"]) == ("花名册", [1])
    assert told["columns"][0] == {"column": "A", "heading": "姓名", "field": "name"}
    assert told["rows"][0]["row"] == 2
    assert told["rows"][0]["values"] == ROWS[0]
    assert [(row["row"], it["field"], it["code"]) for row in told["rows"] for it in row["problems"]] == [
        (4, "name", "required"),
        (5, "id_number", "length"),
    ]
    assert not (tmp_path / "none").exists()
    said = yanzhen("roster", "check", str(file), folder=tmp_path / "none")
    assert "共 4 行，其中 2 行有问题。" in said.stdout


def test_import_and_undo(file: Path, town: Path) -> None:
    told = imported(file, town)
    assert {key: told[key] for key in ("rows", "added", "changed", "same")} == {
        "rows": 4,
        "added": 3,
        "changed": 0,
        "same": 0,
    }
    assert told["new_units"] == ["大坪村党支部", "高坡村党支部"]
    assert [it["row"] for it in told["left_out"]] == [4]
    assert [(it["row"], it["problems"][0]["code"]) for it in told["problems"]] == [(5, "length")]
    assert (count(town, "people_member"), count(town, "org_unit")) == (3, 3)
    done = yanzhen("roster", "undo", told["batch"], "--actor", "zhouhui", folder=town)
    assert done.stdout == "已撤销：移除 3 人，恢复 0 人。\n"
    assert (count(town, "people_member"), count(town, "org_unit")) == (0, 1)
    assert yanzhen("ledger", "verify", folder=town).returncode == 0


def test_import_in_words(file: Path, town: Path) -> None:
    done = yanzhen(*import_of(file), folder=town)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[:3] == [
        "已导入：新增 3 人，更新 0 人，没有变化 0 人，没有导入 1 行。",
        "新建党组织 2 个：大坪村党支部、高坡村党支部",
        "第 4 行没有导入：这一行没有姓名。",
    ]
    assert lines[-1].startswith("批次号：")


def test_import_says_which_names_it_took_for_others(data_folder: Path, cast: Cast) -> None:
    desk = Desk(cast)
    former = desk.cast.liuhe.name
    rename_unit(actor=desk.officer, unit_id=desk.cast.liuhe.id, name="桐花村党支部")
    rows = {"name": "罗大山", "unit": former}, {"name": "农春兰", "unit": "青石春支部"}
    decide(actor=desk.officer, batch_id=desk.stage(*rows).id, units={"青石春支部": str(desk.cast.qingshi.id)})
    path = data_folder / "名册.xlsx"
    path.write_bytes(roster(*rows))
    done = yanzhen_here(*import_of(path, "--known-units", "--unit", desk.cast.town.code))
    assert done.stdout.splitlines()[1:3] == [
        f"“{former}”现在叫“桐花村党支部”，按“桐花村党支部”办（1 行）。",
        "上次说过，“青石春支部”就是“青石村党支部”，照办（1 行）。",
    ]


def test_undo_names_what_stands_in_the_way(file: Path, town: Path, tmp_path: Path) -> None:
    first = imported(file, town)
    later = tmp_path / "后来.xlsx"
    later.write_bytes(roster({**ROWS[1], "phone": "19900000099"}))
    assert imported(later, town)["changed"] == 1
    done = yanzhen("roster", "undo", first["batch"], "--actor", "zhouhui", folder=town)
    assert (done.returncode, done.stdout) == (1, "")
    assert "2026-11-23 农春兰：zhouhui修改了手机号码" in done.stderr
    assert count(town, "people_member") == 3


def test_known_units_only(file: Path, town: Path) -> None:
    done = yanzhen(*import_of(file, "--known-units"), folder=town)
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)
    assert "大坪村党支部、高坡村党支部" in done.stderr
    assert count(town, "people_member") == 0


@pytest.mark.usefixtures("cast", "data_folder")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04" + b"\0" * 99,
        roster(ROWS[0])[:1000],
        "一封信，不是名册".encode(),
        workbook(["甲"], ["乙"]),
    ],
    ids=["empty", "zeros", "cut", "text", "no-heading"],
)
def test_what_is_no_roster_is_one_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    file.write_bytes(content)
    for arguments in (("roster", "check", str(file), "--json"), import_of(file)):
        done = yanzhen_here(*arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert is_one_sentence(done.stderr), done.stderr
    assert not Batch.objects.exists()


@pytest.mark.usefixtures("cast", "data_folder")
def test_wrong_calls_are_one_sentence(file: Path, tmp_path: Path) -> None:
    for arguments, code in (
        (("roster", "check", "没有.xlsx"), 1),
        (("roster", "check", str(tmp_path)), 1),
        (("roster", "import", str(file), "--unit", "009", "--actor", "zhouhui"), 1),
        (("roster", "import", str(file), "--unit", "001", "--actor", "nobody"), 1),
        (("roster", "import", str(file), "--unit", "001"), 2),
        (("roster", "undo", "01a20ab9-b4af-7000-b67c-b184a714c244", "--actor", "zhouhui"), 1),
        (("roster", "undo", "七", "--actor", "zhouhui"), 2),
    ):
        done = yanzhen_here(*arguments)
        assert (done.returncode, done.stdout) == (code, ""), arguments
        assert "Traceback" not in done.stderr
        assert done.stderr.strip().endswith(("。", "--help。")), done.stderr


def test_two_at_once_add_everybody_once(town: Path, tmp_path: Path) -> None:
    file = large_roster(tmp_path / "大.xlsx", 400)
    running = [
        subprocess.Popen(
            command(*import_of(file, "--json")),
            env=environment(town),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ended = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], [told for _, told in ended]
    counts = sorted((json.loads(out)["added"], json.loads(out)["same"]) for out, _ in ended)
    assert counts == [(0, 400), (400, 0)]
    assert (count(town, "people_member"), count(town, "org_unit")) == (400, 8)


def test_killed_in_the_middle_nothing_is_there_and_it_runs_again(town: Path, tmp_path: Path) -> None:
    file = large_roster(tmp_path / "大.xlsx", 6500)
    with subprocess.Popen(command(*import_of(file)), env=environment(town)) as process:
        wait_until_under_way(town, process)
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert (count(town, "people_member"), count(town, "org_unit"), count(town, "people_searchterm")) == (
        0,
        1,
        0,
    )
    assert yanzhen("ledger", "verify", folder=town).returncode == 0
    assert imported(file, town)["added"] == 6500


def wait_until_under_way(town: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the import has carried its first chunk in and goes on."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        for told in town.glob("uploads/*/progress.json"):
            if json.loads(told.read_text("utf-8"))["done"]:
                return
        time.sleep(0.02)
    process.kill()
    raise AssertionError(f"it never got under way, or was over: {process.wait()}")
