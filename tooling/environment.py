"""The virtual environment: made once, renewed when lock, metadata, Python or folder change."""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tooling.errors import ToolError
from tooling.progress import Line

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = BIN / f"python{EXE}"

LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}


def ensure(purpose: str) -> None:
    """Makes the environment fit for "run" or "test"; without work to do it takes a few milliseconds."""
    if _stamp(purpose).is_file() and _stamp(purpose).read_text("utf-8") == _fingerprint(purpose):
        return
    if not _made_here():
        _make()
    _install(LOCKS[purpose])
    # What is needed to test holds all that is needed to run (tests/house/test_locks.py).
    for covered in ("run", "test") if purpose == "test" else ("run",):
        _stamp(covered).write_text(_fingerprint(covered), "utf-8")


def tool(name: str) -> str:
    """The path of an installed command."""
    return str(BIN / f"{name}{EXE}")


def clean_environ() -> dict[str, str]:
    """The environment for our own processes, without settings that point at somebody's real database."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("YANZHEN_")
        and name not in {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "PYTHONHOME"}
    }
    return {**kept, "PYTHONUTF8": "1"}


def _stamp(purpose: str) -> Path:
    return VENV / f"yanzhen-{purpose}.stamp"


def _fingerprint(purpose: str) -> str:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    installed = json.dumps([settings["build-system"], settings["project"]], sort_keys=True)
    return f"{hashlib.sha256(LOCKS[purpose].read_bytes() + installed.encode()).hexdigest()} {_maker()}"


def _maker() -> str:
    # Scripts in an environment hold its absolute path: a moved folder needs a new one.
    return f"{sys.version_info.major}.{sys.version_info.minor} {VENV}"


def _made_here() -> bool:
    maker = VENV / "yanzhen-maker"
    return PYTHON.exists() and maker.is_file() and maker.read_text("utf-8") == _maker()


def _make() -> None:
    with Line("准备 Python 环境 making the environment"):
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
        )
    if made.returncode:
        raise ToolError(
            f"{made.stdout}{made.stderr}\n不能建立 Python 环境；在 Debian、Ubuntu 上先装 python3-venv。\n"
            "The environment cannot be made; on Debian and Ubuntu install python3-venv first."
        )
    (VENV / "yanzhen-maker").write_text(_maker(), "utf-8")


def _install(lock: Path) -> None:
    total = sum("==" in line for line in lock.read_text("utf-8").splitlines())
    with Line(f"安装依赖 installing {lock.name}") as line:
        _pip("--require-hashes", "-r", str(lock), line=line, total=total)
    with Line("安装雁阵 installing yanzhen"):
        _pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))


def _pip(*arguments: str, line: Line | None = None, total: int = 0) -> None:
    quiet = ("--disable-pip-version-check", "--progress-bar", "off")
    command = [str(PYTHON), "-m", "pip", "install", *quiet, *arguments]
    said: list[str] = []
    seen = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as pip:
        for raw in pip.stdout or ():
            text = raw.decode("utf-8", errors="replace")
            said.append(text)
            if line and "(from -r" in text:
                seen += 1
                line.update(f"{min(seen, total)}/{total}")
    if pip.returncode:
        raise ToolError(
            f"{''.join(said[-15:])}\n依赖没有装上：检查网络后再执行一次，已下载的不会重复下载。\n"
            "The packages could not be installed: check the network and run the command again."
        )
