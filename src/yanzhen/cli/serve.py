"""`yanzhen serve`: the pages (granian, WSGI) and one background worker, started and stopped together."""

from __future__ import annotations

import argparse
import errno
import os
import socket
from gettext import gettext as _
from ipaddress import IPv4Address, IPv6Address

from yanzhen.cli.background import Background
from yanzhen.cli.parser import whole_number
from yanzhen.kernel.errors import DomainError

DEFAULT_PORT = 8000
_ANYWHERE = {str(IPv4Address(0)), str(IPv6Address(0))}  # listening on every interface
_THREADS = 4  # a worker's requests at a time; each thread holds a database connection of its own


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`yanzhen serve [--port P] [--workers N] [--address A]`."""
    parser = commands.add_parser(
        "serve",
        help=_("启动网页服务"),
        description=_("启动网页服务和后台任务，按 Ctrl-C 一起停止。/healthz 在数据库正常时回答 200。"),
    )
    add_options(parser)
    parser.add_argument(
        "--workers",
        type=whole_number(1, 64),
        default=min(os.cpu_count() or 1, 4),
        metavar="N",
        help=_("网页进程数"),
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to listen: shared with `yanzhen demo`."""
    parser.add_argument(
        "--port", type=whole_number(1, 65535), default=DEFAULT_PORT, metavar="P", help=_("端口，默认 8000")
    )
    parser.add_argument(
        "--address", default="127.0.0.1", metavar="IP", help=_("监听的地址，默认只有本机能打开（127.0.0.1）")
    )


def run(args: argparse.Namespace) -> int:
    """Serve until somebody stops it."""
    claim(args.address, args.port)
    print(_("雁阵已启动：%(where)s（按 Ctrl-C 停止）") % {"where": url(args.address, args.port)}, flush=True)
    return serve(args.address, args.port, workers=args.workers)


def url(address: str, port: int) -> str:
    """The address as a browser takes it."""
    host = "127.0.0.1" if address in _ANYWHERE else address
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def claim(address: str, port: int) -> None:
    """Refuse at once, in a sentence, where the port cannot be had."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, UnicodeError) as problem:
            raise DomainError(_unavailable(problem) % {"port": port, "address": address}) from problem


def _unavailable(problem: Exception) -> str:
    code = problem.errno if isinstance(problem, OSError) else None
    if code == errno.EADDRINUSE:
        return _("端口 %(port)d 已经有程序在用，请用 --port 换一个。")
    if code == errno.EACCES:
        return _("没有权限使用端口 %(port)d，请用 --port 换一个 1024 以上的。")
    return _("不能在地址 %(address)s 上监听，请检查 --address。")


def serve(address: str, port: int, *, workers: int) -> int:
    """Granian until SIGINT or SIGTERM, with the background worker beside it."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()  # workers are forked: none may share a connection with this process
    server = Granian(
        "yanzhen.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.error,
    )
    with Background():
        server.serve()
    return 0
