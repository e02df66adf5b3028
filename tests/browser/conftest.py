"""A real server with the demonstration town, and a real Chromium that reports whatever goes wrong in a page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.cast import TODAY
from yanzhen.demo import town

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-gpu",  # there is none: without this, one is imitated at some cost
    "--disable-sync",
    "--no-first-run",
)
PHONE = (390, 844)
DESK = (1440, 900)
_MEMBERS = "200"
_COMMAND = (sys.executable, "-c", "import sys; from yanzhen.cli import main; sys.exit(main())")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the town in a folder of its own; one for all browser tests."""
    folder = tmp_path_factory.mktemp("town")
    environment = {**os.environ, "YANZHEN_DATA": str(folder), "YANZHEN_TODAY": TODAY.isoformat()}
    environment.pop("YANZHEN_DATABASE_URL", None)
    build = (*_COMMAND, "demo", "--no-serve", "--members", _MEMBERS)
    subprocess.run(build, env=environment, check=True, capture_output=True)
    port = str(_free_port())
    serve = (*_COMMAND, "serve", "--port", port, "--workers", "1")
    log = Path(folder / "serve.log").open("wb")  # noqa: SIM115 - closed when the server has gone
    process = subprocess.Popen(serve, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(120):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urlopen(url, timeout=2):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.25)
    raise RuntimeError("the server did not come up in 30 s")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module: its event loop must not be running when other tests use the database."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """One person at one device. What the pages complained of is kept, and every request that was made."""

    context: BrowserContext
    page: Page
    server: str
    complaints: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of this server."""
        self.page.goto(self.server + path)
        return self.page

    def foreign(self) -> list[str]:
        """Requests that left for another host."""
        return [it.url for it in self.requests if not it.url.startswith((self.server, "data:"))]


Visiting = Callable[..., Visit]


@pytest.fixture(scope="module")
def sign_ins() -> dict[str, list[dict[str, str]]]:
    """The cookies of those who have signed in already: nobody signs in twice in one module."""
    return {}


@pytest.fixture
def visiting(browser: Browser, server: str, sign_ins: dict[str, list[dict[str, str]]]) -> Iterator[Visiting]:
    """Sign somebody in at a device: `visiting("lufang", PHONE, dark=True)`. Complaints of any page fail the test."""
    visits: list[Visit] = []

    def visit(
        username: str = "",
        size: tuple[int, int] = DESK,
        *,
        dark: bool = False,
        care: bool = False,
        script: bool = True,
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="zh-CN",
            has_touch=size[0] < 700,
        )
        if username in sign_ins:
            context.add_cookies(sign_ins[username])  # type: ignore[arg-type]  # as Playwright gave them
        if care:
            context.add_cookies([{"name": "care", "value": "1", "url": server}])
        page = context.new_page()
        found = Visit(context, page, server)
        page.on("console", lambda it: found.complaints.append(it.text) if it.type == "error" else None)
        page.on("pageerror", lambda it: found.complaints.append(str(it)))
        page.on("request", lambda it: found.requests.append(it))  # noqa: PLW0108 - Playwright marks its handlers
        visits.append(found)
        if username and username not in sign_ins:
            found.go("/accounts/login/")
            page.fill("[name=login]", username)
            page.fill("[name=password]", town.PASSWORD)
            page.click("button[type=submit] >> nth=0")
            page.wait_for_url(server + "/")
            cookies = [it for it in context.cookies() if it["name"] != "care"]
            sign_ins[username] = cookies  # type: ignore[assignment]
        return found

    yield visit
    for visited in visits:
        foreign = visited.foreign()
        visited.context.close()
        assert foreign == []
        assert visited.complaints == []
