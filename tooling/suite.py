"""``./test``: every check, side by side where two cores allow it, on SQLite and on PostgreSQL."""

import argparse
import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from types import MappingProxyType

from tooling import browser, demo, environment, postgres, steps
from tooling.environment import ROOT, tool
from tooling.errors import ToolError
from tooling.steps import Step

NOTHING: Mapping[str, str] = MappingProxyType({})

# Name, command, and what to do when it is red.
GATES = (
    ("ruff", "ruff check", "ruff check --fix"),
    ("ruff format", "ruff format --check", "ruff format"),
    ("djlint", "djlint src/yanzhen --lint --quiet", "djlint's documentation explains each rule"),
    ("import-linter", "lint-imports --no-logo", "the contract's name says the way; see docs/map.md"),
    ("django check", "django-admin check --fail-level WARNING", "see the hint above"),
    (
        "migrations",
        "django-admin makemigrations --check --dry-run",
        "makemigrations --name WHAT_IT_DOES",
    ),
    ("mypy", "mypy", "type it"),
)


def run(arguments: list[str]) -> int:
    """Sets up and runs everything; returns 0 when all passed."""
    parser = argparse.ArgumentParser(
        prog="./test",
        epilog="Any other option goes to pytest, which then runs alone on SQLite: ./test -k departure",
    )
    parser.add_argument("--quick", action="store_true", help="without PostgreSQL and without browser")
    parser.add_argument("--nothing-left-out", action="store_true", help="fail when tests are left out (CI)")
    options, for_pytest = parser.parse_known_args(arguments)
    environment.ensure("test")
    demo.compile_catalogues()
    if for_pytest:
        return _pytest_alone(for_pytest)
    with ExitStack() as started:
        plan = _Plan(started, quick=options.quick)
        passed, tests = _run(plan)
    return _close(plan, tests, passed=passed, strict=options.nothing_left_out)


def _pytest_alone(arguments: list[str]) -> int:
    chromium = browser.find()
    with ExitStack() as started:
        environ = _environ(started, {"YANZHEN_CHROMIUM": chromium} if chromium else {})
        return subprocess.run([tool("pytest"), *arguments], cwd=ROOT, env=environ, check=False).returncode


def _environ(started: ExitStack, extra: Mapping[str, str]) -> dict[str, str]:
    """Each process has a data folder of its own, so that none can touch the developer's."""
    folder = tempfile.TemporaryDirectory(prefix="yanzhen-test-", ignore_cleanup_errors=True)
    environ = environment.clean_environ() | dict(extra)
    environ["YANZHEN_DATA"] = started.enter_context(folder)
    environ["DJANGO_SETTINGS_MODULE"] = "yanzhen.config.settings"
    return environ


class _Plan:
    """Which steps run, in their order; and what had to be left out, a sentence each."""

    def __init__(self, started: ExitStack, *, quick: bool) -> None:
        self._started = started
        self.left_out: list[str] = []
        gates = [self._step(name, command.split(), remedy=remedy) for name, command, remedy in GATES]
        on_sqlite = self._pytest("on SQLite", "database")
        without = self._pytest("without a database", "not database and not browser")
        if quick:
            self.steps = [on_sqlite, *gates, without]
        else:
            # A long one beside the gates, so that those are red early; the shortest last, to fill what time is left.
            self.steps = [on_sqlite, *gates, *self._on_postgres(), *self._with_browser(), without]

    def _with_browser(self) -> list[Step]:
        if chromium := browser.find_or_install():
            return [self._pytest("in the browser", "browser", {"YANZHEN_CHROMIUM": chromium})]
        self.left_out.append(f"the browser tests; to get them: {browser.HOW_TO_GET}")
        return []

    def _on_postgres(self) -> list[Step]:
        try:
            url = self._started.enter_context(postgres.server())
        except ToolError as error:
            print(error)
            self.left_out.append(f"the tests on PostgreSQL; to get them: {postgres.HOW_TO_GET}")
            return []
        return [self._pytest("on PostgreSQL", "database", {"YANZHEN_DATABASE_URL": url})]

    def _pytest(self, where: str, marked: str, extra: Mapping[str, str] = NOTHING) -> Step:
        remedy = "./test -k NAME runs it alone"
        return self._step(f"pytest {where}", ["pytest", "-m", marked], extra, remedy=remedy)

    def _step(
        self, name: str, command: Sequence[str], extra: Mapping[str, str] = NOTHING, *, remedy: str
    ) -> Step:
        return Step(name, [tool(command[0]), *command[1:]], _environ(self._started, extra), remedy)


def _run(plan: _Plan) -> tuple[bool, Counter[str]]:
    tests: Counter[str] = Counter()
    total = len(plan.steps)
    began = time.monotonic()
    with closing(steps.run(plan.steps)) as results:
        for number, result in enumerate(results, start=1):
            summary = pytest_summary(result.output)
            tests += summary
            told = "".join(f", {count} {what}" for what, count in summary.items())
            sign = "ok " if result.passed else "RED"
            print(f"[{number}/{total}] {sign} {result.step.name}, {result.seconds:.1f} s{told}")
            for line in re.findall(r"^(?:SKIPPED|XFAIL).*$", result.output, re.MULTILINE):
                print(f"      {line}")
            if not result.passed:
                print(f"\n{result.output}\n{result.step.name} failed: {result.step.remedy}")
                return False, tests
    print(f"all in {time.monotonic() - began:.0f} s")
    return True, tests


def pytest_summary(output: str) -> Counter[str]:
    """The counts of pytest's closing line: "== 12 passed, 1 skipped in 3.2s ==" → passed 12, skipped 1."""
    closing_line = re.findall(r"^=+ (.*) in [\d.]+s.* =+$", output, re.MULTILINE)[-1:]
    found = re.findall(r"(\d+) (passed|failed|error|skipped|xfailed|xpassed)", "".join(closing_line))
    return Counter({what: int(count) for count, what in found})


def _close(plan: _Plan, tests: Counter[str], *, passed: bool, strict: bool) -> int:
    skipped = tests["skipped"] + tests["xfailed"]
    for left_out in plan.left_out:
        print(f"Left out: {left_out}")
    if strict and (plan.left_out or skipped):
        print("Nothing may be left out or skipped here.")
        passed = False
    failed = tests["failed"] + tests["error"] or int(not passed)
    print(f"{tests['passed']} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if passed else 1
