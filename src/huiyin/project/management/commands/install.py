"""``huiyin install``: the shared tables, who may read them, and what they are seeded with."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from huiyin.project.onboarding.installation import install


class Command(BaseCommand):
    help = "安装或升级平台公共部分：公共表、消息队列、日历、内容分类 / install or upgrade the shared part"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        done = install(at=timezone.now())
        self.stdout.write(json.dumps(asdict(done)) if options["as_json"] else done.words)
