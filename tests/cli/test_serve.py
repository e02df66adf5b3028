"""`yanzhen serve`, `demo` and `simulate` as processes: they answer, stop whole, and keep to their own data."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.cli.processes import command, environment, is_one_sentence, yanzhen


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    return found


@contextmanager
def _serving(*arguments: str, folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "said").open("wb") as said:  # no pipe: whatever outlives the server would hold it open
        process = subprocess.Popen(
            command(*arguments, "--port", str(port)), env=environment(folder), stdout=said, stderr=said
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None
        try:
            with urlopen(url) as answer:  # noqa: S310 - our own server
                assert answer.status == 200
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(url)


def _children(pid: int) -> set[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    direct = {int(line) for line in listed.stdout.split()}
    return direct.union(*(_children(child) for child in direct))


def _alive(pid: int) -> bool:
    listed = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(listed.stdout.strip()) and not listed.stdout.startswith("Z")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_pages_and_background_worker_stop_together(how: signal.Signals, tmp_path: Path, port: int) -> None:
    with _serving("serve", "--workers", "1", folder=tmp_path, port=port) as process:
        started = _children(process.pid)
        assert len(started) >= 2  # pages and background worker
        process.send_signal(how)
        process.wait(20)
        until = time.monotonic() + 20
        while any(map(_alive, started)) and time.monotonic() < until:
            time.sleep(0.2)
        assert [pid for pid in started if _alive(pid)] == []
        if how is not signal.SIGKILL:
            assert process.returncode == 0


def test_a_port_that_is_taken_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        for name in ("serve", "demo"):
            done = yanzhen(name, "--port", str(number), folder=tmp_path)
            assert (done.returncode, done.stdout) == (1, "")
            assert is_one_sentence(done.stderr)
            assert str(number) in done.stderr
    assert not list(tmp_path.glob("*.sqlite3*")) or name == "demo"


def test_the_demonstration_is_built_once_and_served_again_at_once(tmp_path: Path, port: int) -> None:
    built = yanzhen("demo", "--no-serve", "--members", "100", folder=tmp_path)
    assert built.returncode == 0, built.stderr
    assert "虚构" in built.stdout
    for username in ("zhouhui", "shilei", "lufang", "weizhiqiang", "guming", "yanzhen-demo"):
        assert username in built.stdout
    marker = (tmp_path / "demo.json").read_bytes()
    with _serving("demo", folder=tmp_path, port=port):
        assert (tmp_path / "demo.json").read_bytes() == marker


@pytest.mark.parametrize("call", [("demo", "--no-serve"), ("simulate", "--members", "10")])
def test_fictional_data_never_enters_real_data(call: tuple[str, ...], town: Path) -> None:
    done = yanzhen(*call, folder=town)
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)
    with sqlite3.connect(town / "yanzhen.sqlite3") as database:
        assert database.execute("SELECT name FROM org_unit").fetchall() == [("云岭县青禾镇党委",)]
    database.close()


def test_a_marker_of_another_database_does_not_open_a_real_one(town: Path, tmp_path: Path) -> None:
    """The marker in a folder says nothing about the database that YANZHEN_DATABASE_URL names."""
    made = yanzhen("simulate", "--members", "3", "--json", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["members"] == 3
    real = {"YANZHEN_DATABASE_URL": f"sqlite:///{town}/yanzhen.sqlite3"}
    done = yanzhen("simulate", "--members", "3", folder=tmp_path, extra=real)
    assert done.returncode == 1
    with sqlite3.connect(town / "yanzhen.sqlite3") as database:
        assert database.execute("SELECT name FROM org_unit").fetchall() == [("云岭县青禾镇党委",)]
    database.close()


def test_a_simulated_population_is_whole_and_the_same_for_a_seed(tmp_path: Path) -> None:
    names = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        done = yanzhen("simulate", "--members", "60", "--seed", "9", folder=folder)
        assert done.returncode == 0, done.stderr
        with sqlite3.connect(folder / "yanzhen.sqlite3") as database:
            names.append(database.execute("SELECT name, birth_on FROM people_member ORDER BY id").fetchall())
            away = database.execute("SELECT COUNT(*) FROM mobility_absence").fetchone()[0]
            standing = database.execute("SELECT COUNT(DISTINCT member_id) FROM duties_standing").fetchone()[0]
        database.close()
        assert 4 <= away <= 25
        assert standing == away
    assert len(names[0]) == 60
    assert names[0] == names[1]
