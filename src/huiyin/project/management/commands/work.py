"""``huiyin work``: do the background jobs until told to stop."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from huiyin.project import worker


class Command(BaseCommand):
    help = "运行后台任务，直到收到停止信号 / run the background jobs until told to stop"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, default=worker.THREADS, help="同时进行的任务数")

    def handle(self, *args: Any, **options: Any) -> None:
        worker.work(threads=options["threads"])
