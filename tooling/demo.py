"""``./run``: the demonstration town, in a data folder of its own."""

import os
import subprocess
import sys

from tooling import environment
from tooling.environment import ROOT
from tooling.progress import Line

DATA = ROOT / "data" / "demo"

HELP = """\
./run [--no-serve] [options of `yanzhen demo`]
    --port P      网页服务的端口 port to serve on
    --members N   示例镇的党员人数 members of the demonstration town
    --no-serve    只准备好 .venv/bin/yanzhen，不启动 set up and stop"""


def run(arguments: list[str]) -> int:
    """Sets up, then becomes ``yanzhen demo`` with the given options; ``--no-serve`` stops before that."""
    if {"-h", "--help"} & set(arguments):
        print(HELP)
        return 0
    environment.ensure("run")
    compile_catalogues()
    if "--no-serve" in arguments:
        print(f"已就绪。 Ready: {environment.tool('yanzhen')}")
        return 0
    return _serve(arguments)


def compile_catalogues() -> None:
    """Makes the .mo files that are missing or older than their .po."""
    stale = [
        po
        for po in (ROOT / "src" / "yanzhen" / "locale").glob("*/LC_MESSAGES/*.po")
        if not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime < po.stat().st_mtime
    ]
    if stale:
        with Line("编译译文 compiling the catalogues"):
            command = [str(environment.PYTHON), "-m", "tooling.catalogue", "compile", *map(str, stale)]
            subprocess.run(command, cwd=ROOT, check=True)


def _serve(arguments: list[str]) -> int:
    if os.environ.keys() & {"YANZHEN_DATABASE_URL", "YANZHEN_DATA"}:
        print("示例数据只放在 data/demo，不用 YANZHEN_DATABASE_URL 和 YANZHEN_DATA 所指的库。")
        print("Demonstration data goes into data/demo only, never where these variables point.")
    DATA.mkdir(parents=True, exist_ok=True)
    environ = environment.clean_environ() | {"YANZHEN_DATA": str(DATA)}
    if today := os.environ.get("YANZHEN_TODAY"):
        environ["YANZHEN_TODAY"] = today
    command = [environment.tool("yanzhen"), "demo", *arguments]
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, environ)  # the server itself then gets Ctrl-C and signals
    return subprocess.run(command, env=environ, check=False).returncode
