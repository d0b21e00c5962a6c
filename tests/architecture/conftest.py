"""The source as the tests about the house read it: parsed once."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "huiyin"
LEFT_OUT = ("node_modules", "built", "migrations", "__pycache__")


@pytest.fixture(scope="session")
def package() -> Path:
    """The folder of the package."""
    return PACKAGE


@pytest.fixture(scope="session")
def modules() -> dict[str, ast.Module]:
    """Every module of the package, by its path inside it; migrations and what npm installed are not ours."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if not set(LEFT_OUT) & set(path.parts)
    }


@pytest.fixture(scope="session")
def calls_of() -> Callable[[ast.AST], Iterator[tuple[str, ast.Call]]]:
    """Walk the calls below a node, each with what is called as it is written."""

    def walked(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call):
                yield ast.unparse(inner.func), inner

    return walked
