"""The Chromium that the browser tests drive: found, or installed where that is ours to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tooling.progress import Line

HOW_TO_GET = "apt-get install chromium fonts-noto-cjk, or set YANZHEN_CHROMIUM to the path of Chrome or Edge"

PACKAGES = ("chromium", "fonts-noto-cjk")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find() -> str | None:
    """The path of a Chromium, Chrome or Edge on this machine."""
    if chosen := os.environ.get("YANZHEN_CHROMIUM"):
        return chosen
    candidates = [*map(shutil.which, NAMES), *PLACES]
    return next((path for path in candidates if path and Path(path).exists()), None)


def find_or_install() -> str | None:
    """Also tries Debian's package when we are root on a machine that has apt."""
    if (present := find()) or not _may_install():
        return present
    with Line("Chromium is missing: installing Debian's"):
        for command in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
            done = subprocess.run(
                ["apt-get", "-qq", *command],
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                print(done.stderr[-500:])
    return find()


def _may_install() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None
