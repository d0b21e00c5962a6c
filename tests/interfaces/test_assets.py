"""The assets are built once, and a machine that cannot build them is told why."""

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

from huiyin.interfaces.assets import build


def test_what_is_built_is_complete_and_not_built_again() -> None:
    if not build.is_built():
        pytest.skip("the assets are not built on this machine: python -m huiyin.interfaces.assets.build")
    assert all((build.BUILT / name).stat().st_size for name in build.OUTPUTS)
    assert build.build(Console(file=io.StringIO())) is False


def test_a_machine_without_npm_uses_that_of_the_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    node = build.find_node()
    assert node.node.name.startswith("node")
    assert Path(node.npm[1]).name == "npm-cli.js"


def test_a_failing_step_is_told_with_its_last_words() -> None:
    words = "import sys; print('registry not reachable', file=sys.stderr); sys.exit(3)"
    with pytest.raises(build.BuildError, match=r"installing failed \(exit 3\):\nregistry not reachable"):
        build.run((sys.executable, "-c", words), "installing")


def test_a_missing_program_is_told() -> None:
    with pytest.raises(build.BuildError, match="could not be started"):
        build.run(("/nowhere/npm",), "installing")


def test_htmx_is_the_second_version() -> None:
    assert 'version:"2.' in build.htmx_file().read_text(encoding="utf-8")
