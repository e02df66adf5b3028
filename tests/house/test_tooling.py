"""The scripts behind ./run and ./test."""

import ast
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.house.sources import files, imported, name, tree
from tooling import demo, environment, steps, suite
from tooling.environment import ROOT
from tooling.steps import Step

INSIDE_THE_ENVIRONMENT = {"tooling/catalogue.py", "tooling/learning.py"}


def test_the_commands_need_the_standard_library_only() -> None:
    """They run before anything is installed."""
    own = {"tooling", *sys.stdlib_module_names}
    tools = [path for path in files(".py") if path.parent == ROOT / "tooling" or path == ROOT / "dev.py"]
    assert len(tools) > 5
    foreign = {
        name(path): extra
        for path in tools
        if name(path) not in INSIDE_THE_ENVIRONMENT
        and (extra := {it.split(".")[0] for it in imported(tree(path))} - own)
    }
    assert foreign == {}


def test_an_old_python_can_at_least_read_the_refusal() -> None:
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 7))


def test_the_shells_are_twins() -> None:
    run, test = ((ROOT / it).read_text("utf-8").splitlines() for it in ("run", "test"))
    assert [it.replace("dev.py run", "dev.py test") for it in run[2:]] == test[2:]


def test_a_wrong_call_is_told_so() -> None:
    done = subprocess.run(
        [sys.executable, "dev.py", "fly"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "./run" in done.stderr


def test_pytest_closing_lines_are_read() -> None:
    output = "x.py ... [100%]\n===== 12 passed, 1 skipped, 3 deselected in 61.20s (0:01:01) =====\n"
    assert suite.pytest_summary(output) == Counter(passed=12, skipped=1)
    assert suite.pytest_summary("== 1 failed, 2 errors in 0.10s ==") == Counter(failed=1, error=2)
    assert suite.pytest_summary("All checks passed!") == Counter()


def test_two_steps_run_side_by_side_and_a_red_one_can_end_the_rest(tmp_path: Path) -> None:
    began, late = tmp_path / "began", tmp_path / "late"
    environ = environment.clean_environ()

    def step(label: str, code: str) -> Step:
        return Step(label, [sys.executable, "-c", code], environ)

    wait = f"import pathlib, time; pathlib.Path({str(began)!r}).touch(); time.sleep(60)"
    fail = (
        "import pathlib, sys, time\n"
        f"while not pathlib.Path({str(began)!r}).exists(): time.sleep(0.01)\n"
        "sys.exit('no')"
    )
    after = f"import pathlib; pathlib.Path({str(late)!r}).touch()"
    with closing(steps.run([step("long", wait), step("red", fail), step("after", after)])) as results:
        first = next(results)
    assert (first.step.name, first.passed, first.output) == ("red", False, "no\n")
    assert not late.exists()


def test_no_setting_of_a_real_database_reaches_our_own_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANZHEN_DATABASE_URL", "postgres://real/one")
    monkeypatch.setenv("YANZHEN_TODAY", "2026-11-23")
    assert not {it for it in environment.clean_environ() if it.startswith("YANZHEN_")}
    assert demo.DATA.is_relative_to(ROOT / "data")
