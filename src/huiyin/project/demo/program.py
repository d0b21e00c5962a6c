"""Program: ``huiyin demo``, from an empty folder to a running product, and back to rest on Ctrl-C."""

import argparse
import importlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Protocol

import django
from rich.console import Console

from huiyin.kernel.refusal import Refusal
from huiyin.project import environment
from huiyin.project.demo.home import Home, Secrets
from huiyin.project.demo.progress import Follow, Steps
from huiyin.project.postgres import Cluster
from huiyin.project.processes import Child, stop_all

HOST = "127.0.0.1"
LARGEST_PORT = 65535
WATCH_SECONDS = 0.5


class Furnishing(Protocol):
    """What ``steps`` offers: it needs the settings, which need the database's address, so it is loaded by name."""

    def furnish(self, steps: Steps, home: Home, kept: Secrets) -> None:
        """Install, onboard, import and push, each only as far as it is not yet done."""

    def await_numbers(self, follow: Follow, is_over: Callable[[], bool]) -> None:
        """Wait until the worker has taken every reported year to the province."""

    def show_numbers(self, console: Console) -> None:
        """Print the four promises of each county and the province's table."""

    def show_ways_in(self, console: Console, kept: Secrets, port: int) -> None:
        """Print the addresses and one sign-in per role."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    port: int
    data: Path
    once: bool


def main(arguments: Sequence[str], *, console: Console | None = None) -> int:
    """Run the demonstration; return 0 when it was set up or was ended by hand."""
    wish = _understand(arguments)
    screen = console or Console()
    with _told_to_stop() as stopping:
        run(wish, screen, stopping)
    return 0


def run(wish: Wish, console: Console, stopping: threading.Event) -> None:
    """Set everything up, then serve until told to stop; whatever happens, everything started here is ended here."""
    if not wish.once:
        check_port_is_free(wish.port)
    home = Home(wish.data)
    home.open()
    cluster = Cluster(home.postgres)
    children: list[Child] = []
    try:
        with Steps(console) as steps:
            with steps.step("启动内置 PostgreSQL"):
                connection = cluster.start()
            kept = home.secrets()
            with steps.step("准备数据库与登录角色"):
                home.prepare_database(connection, kept)
            django.setup()
            furnishing = _furnishing()
            furnishing.furnish(steps, home, kept)
            children = _children(home, wish)
            with steps.step("启动后台任务" if wish.once else "启动网站与后台任务"):
                _start(children, None if wish.once else wish.port, stopping)
            with steps.step("等数字送达省级") as follow:
                furnishing.await_numbers(follow, stopping.is_set)
        if wish.once:
            furnishing.show_numbers(console)
            return
        furnishing.show_ways_in(console, kept, wish.port)
        console.print("按 Ctrl-C 停止 / Ctrl-C stops", style="bold")
        with suppress(KeyboardInterrupt):
            _watch(cluster, children, stopping, console)
    except KeyboardInterrupt:
        console.print("已中断；再次运行会接着做 / interrupted; run again to go on")
    finally:
        # A second Ctrl-C must not leave anything half-stopped.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop_all(children)
        cluster.stop()
    console.print("已停止，数据保存在 / stopped, data kept in", str(home.folder))


def check_port_is_free(port: int) -> None:
    """Refuse a port on which something already answers, before anything is set up."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            raise Refusal(
                "demo.port_taken",
                f"端口 {port} 已被占用或不允许使用，请用 --port 另选一个。"
                f" / Port {port} is taken or not allowed: choose another with --port.",
            ) from None


def _understand(arguments: Sequence[str]) -> Wish:
    parser = argparse.ArgumentParser(
        prog="huiyin demo", description="安装并运行演示 / install and run the demonstration"
    )
    parser.add_argument("--port", type=int, default=8000, help="网站端口 / port of the site (8000)")
    parser.add_argument("--data", type=Path, help="数据文件夹 / data folder (.huiyin)")
    parser.add_argument("--once", action="store_true", help="准备好并显示数字后退出 / set up, print the numbers, exit")
    asked = parser.parse_args(list(arguments))
    if not 1 <= asked.port <= LARGEST_PORT:
        parser.error(f"--port: {asked.port}")
    folder: Path = (asked.data or environment.DATA.read_folder()).expanduser().absolute()
    return Wish(asked.port, folder, asked.once)


def _furnishing() -> Furnishing:
    steps: Furnishing = importlib.import_module("huiyin.project.demo.steps")
    return steps


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """Give an event that SIGTERM sets; Ctrl-C goes on raising KeyboardInterrupt."""
    stopping = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        del number, frame
        stopping.set()
        raise KeyboardInterrupt

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _children(home: Home, wish: Wish) -> list[Child]:
    """Return worker and web as they are to be run; to print numbers nobody needs the site."""
    surroundings = dict(os.environ)
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(wish.port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-ws"),
        "huiyin.project.wsgi:application",
    ]
    worker = [sys.executable, "-m", "huiyin.project.console", "work", "--threads", "2"]
    children = [Child("worker", worker, surroundings, home.logs / "worker.log")]
    if not wish.once:
        children.append(Child("web", web, surroundings, home.logs / "web.log"))
    return children


def _start(children: list[Child], port: int | None, stopping: threading.Event) -> None:
    """Start the children and, where a site is among them, wait until it takes connections."""
    for child in children:
        child.start()
    web = children[-1]
    for _attempt in range(240 if port else 0):
        with socket.socket() as knocking:
            if knocking.connect_ex((HOST, port)) == 0:
                return
        if not web.pid:
            break
        if stopping.wait(0.25):
            return
    if port:
        raise Refusal("demo.not_serving", f"网站没有启动，详见 {web.log} / The site did not start, see {web.log}.")


def _watch(cluster: Cluster, children: list[Child], stopping: threading.Event, console: Console) -> None:
    """Keep database, web and worker alive until told to stop."""
    while not stopping.wait(WATCH_SECONDS):
        if not cluster.is_running:
            console.print("数据库意外退出，正在恢复 / the database died and is being recovered", style="yellow")
            cluster.start()
        for child in children:
            if child.restart_if_dead():
                console.print(f"{child.name} 意外退出，已重新启动 / died and was restarted", style="yellow")
