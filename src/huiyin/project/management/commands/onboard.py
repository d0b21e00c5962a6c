"""``huiyin onboard``: make the database be what the definition files say."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO, cast

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.markup import escape

from huiyin.kernel import rulesets
from huiyin.platform.directory.definitions import load_all
from huiyin.project.onboarding.offices import Outcome, converge


class Command(BaseCommand):
    help = "按定义文件办理县（或省）入驻；可重复执行，不删除任何东西 / onboard offices from their files"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="定义文件（TOML）")
        parser.add_argument("--plan", action="store_true", help="只说明会改动什么，不改动")
        parser.add_argument("--renew-token", action="store_true", help="管理员激活码丢失时重新签发")
        parser.add_argument("--json", action="store_true", dest="as_json", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        known = rulesets.load_folder(settings.HUIYIN_TENANTS / "rulesets")
        definitions = load_all(options["files"], rulesets=known)
        console = Console(file=cast("TextIO", self.stdout), highlight=False, soft_wrap=True)
        outcomes = []
        for definition in definitions:
            outcome = converge(
                definition, at=timezone.now(), keep=not options["plan"], renew_token=options["renew_token"]
            )
            outcomes.append(outcome)
            if not options["as_json"]:
                tell(console, outcome, is_plan=options["plan"])
        if options["as_json"]:
            self.stdout.write(json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=2))


def tell(console: Console, outcome: Outcome, *, is_plan: bool) -> None:
    """Write what became of one office, or what would."""
    console.print(f"[bold]{escape(outcome.name)}[/bold]  {outcome.slug}  {outcome.host}")
    for words in outcome.changes:
        console.print(f"  {'将会' if is_plan else '已'}{escape(words)}", style="yellow" if is_plan else "green")
    if not outcome.changes:
        console.print("  没有改动", style="dim")
    for words in outcome.kept:
        console.print(f"  保留  {escape(words)}", style="cyan")
    for words in outcome.notes:
        console.print(f"  注意  {escape(words)}", style="bold red")
    if outcome.setup_token:
        console.print(
            f"  管理员 {outcome.administrator} 的一次性激活码"
            f"（只显示这一次，七日内有效）：[bold]{outcome.setup_token}[/bold]"
        )
