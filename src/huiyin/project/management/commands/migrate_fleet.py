"""``huiyin migrate_fleet``: bring every office's schema to what the code wants."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.markup import escape

from huiyin.platform.directory.fleet import StepState
from huiyin.project.onboarding.fleet import FleetOutcome, Result, migrate_fleet

STYLES = {StepState.DONE: "green", StepState.FAILED: "bold red", StepState.WAITING: "yellow"}


class Command(BaseCommand):
    help = "升级各县和省的数据表：先行一个，逐个事务，失败的留在维护页，其余照常 / migrate every office"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--canary", default="", metavar="SLUG", help="先行单位；默认为同组中的第一个")
        parser.add_argument("--workers", type=int, default=2, help="同时升级几个单位（默认 2）")
        parser.add_argument("--json", action="store_true", dest="as_json", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast("TextIO", self.stdout), highlight=False, soft_wrap=True)

        def tell(result: Result) -> None:
            if not options["as_json"]:
                style = STYLES[result.state]
                console.print(f"[{style}]{result.state.label}[/{style}]  {result.schema}  {escape(result.error)}")

        outcome = migrate_fleet(clock=timezone.now, canary=options["canary"], workers=options["workers"], follow=tell)
        if options["as_json"]:
            self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False, indent=2))
        else:
            console.print(summary(outcome))
        if outcome.failed:
            sys.exit(1)


def summary(outcome: FleetOutcome) -> str:
    """Return the run as one sentence."""
    taken_up = "（接续上次中断的升级）" if outcome.resumed else ""
    failed = f"，未完成 {len(outcome.failed)} 个，修复后再次运行即可" if outcome.failed else ""
    return f"升级 {outcome.run}{taken_up}：完成 {len(outcome.done)} 个，本已最新 {outcome.current} 个{failed}"
