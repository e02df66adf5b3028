"""The command line as a whole: help, wrong calls, and what the machine refuses, each a sentence and an exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.processes import command, environment, is_one_sentence, yanzhen
from yanzhen.cli import COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_in_chinese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    told = capsys.readouterr().out
    assert left.value.code == 0
    assert told.startswith(f"用法：yanzhen {name}")
    assert "显示这段说明" in told
    assert not {"usage", "options:", "positional"} & set(told.split())


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n    {name} " not in told] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "缺少 命令。"),
        (["fly"], "没有 'fly' 这个选择。"),
        (["serve", "--port", "abc"], "--port：要 1 到 65535 之间的整数，不是“abc”。"),
        (["serve", "--port"], "--port 后面要写一个值。"),
        (["init", "--unit", "青禾镇党委"], "缺少 --admin。"),
        (["init", "--unit", "青禾镇党委", "--admin", "zhouhui", "--fast"], "不认识 --fast。"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    told = capsys.readouterr()
    assert (left.value.code, told.out) == (2, "")
    assert sentence in told.err
    assert is_one_sentence(told.err)


def test_pure_rules_start_without_database_settings_or_data_folder(tmp_path: Path) -> None:
    watched = (
        "import sys; from yanzhen.cli import main; code = main(); "
        "heavy = {'django.db', 'django.contrib.auth', 'yanzhen.config.settings'} & set(sys.modules); "
        "sys.exit(f'imported {heavy}' if heavy else code)"
    )
    folder = tmp_path / "none"
    case = {
        "purpose": "work",
        "months": 8,
        "fixed_place": True,
        "host_can_accept": True,
        "group_of_full_members": 1,
    }
    done = subprocess.run(
        [sys.executable, "-c", watched, "decide", "--json"],
        env=environment(folder),
        input=json.dumps(case),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["outcome"] == "transfer"
    assert not folder.exists()


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (
            ["decide", "--json"],
            '{"purpose": "work", "months": 8, "fixed_place": true, "host_can_accept": true}',
        ),
        (["dues", "--json"], '{"kind": "monthly_wage", "base": "6200.00", "month": "2026-11"}'),
        (["id", "check", "522699198503071236"], ""),
        (["id", "check", "522699198503071237"], ""),
        (["roster", "check", "roster.csv", "--json"], ""),
        (["roster", "check", "none.xlsx"], ""),
        (["decide", "--json"], "{}"),
    ],
)
def test_pure_rules_mind_no_settings_of_the_environment(
    arguments: list[str], given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text("姓名,性别,入党时间\n罗大山,男,2910\n", "utf-8")
    told, plain = (
        yanzhen(*arguments, folder=tmp_path / "none", given=given, extra=extra)
        for extra in ({"DJANGO_SETTINGS_MODULE": "yanzhen.config.settings"}, {})
    )
    assert (told.returncode, told.stdout, told.stderr) == (plain.returncode, plain.stdout, plain.stderr)
    assert "AppRegistryNotReady" not in told.stderr


def test_a_data_folder_that_is_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("taken", "utf-8")
    done = yanzhen("serve", "--port", "1", folder=file)
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
    assert str(file) in done.stderr


@pytest.mark.parametrize(
    "url", ["postgres://nobody@127.0.0.1:1/none", "nonsense", "sqlite:////proc/none/file"]
)
def test_a_database_that_cannot_be_had_is_refused_in_a_sentence(url: str, tmp_path: Path) -> None:
    extra = {"YANZHEN_DATABASE_URL": url, "YANZHEN_ADMIN_PASSWORD": "a-long-password"}
    done = yanzhen("init", "--unit", "青禾镇党委", "--admin", "zhouhui", folder=tmp_path, extra=extra)
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)


def test_a_reader_that_goes_away_is_no_error_message(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("init", "--help"), env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    told = process.stderr.read().decode()
    process.stderr.close()
    process.wait(30)
    assert told == ""


def test_ctrl_c_is_a_word_and_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("decide", "--json"),
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2)  # it waits for its standard input by then
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert is_one_sentence(err.decode())
