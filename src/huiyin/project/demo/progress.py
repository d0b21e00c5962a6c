"""Progress: what the demonstration does at the moment, how far it is, and how long each step took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Follow = Callable[[int, int], None]


class Steps:
    """A list of steps on the screen: the one in work moves, those done stay as lines with their time."""

    def __init__(self, console: Console) -> None:
        """Draw on this console; where it is no terminal, only the finished lines are printed."""
        self._console = console
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cease to draw."""
        self._progress.stop()

    @contextmanager
    def step(self, words: str) -> Iterator[Follow]:
        """Show one step while the block runs; the block may tell how far it is as (done, total)."""
        task = self._progress.add_task(words, total=None)
        began = time.monotonic()
        try:
            yield lambda done, total: self._progress.update(task, completed=done, total=total)
        finally:
            self._progress.remove_task(task)
        self._console.print(f"[green]✓[/green] {words} [dim]{time.monotonic() - began:.1f} s[/dim]", highlight=False)
