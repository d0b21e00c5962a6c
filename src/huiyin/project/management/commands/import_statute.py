"""``huiyin import_statute``: the full text of a law from a .docx or Markdown file, beside its other wordings."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, entered
from huiyin.platform.statutes.actions import ImportEntry, import_text, try_import
from huiyin.platform.statutes.states import Level


class Command(BaseCommand):
    help = "导入一部法律法规的全文（.docx 或 Markdown）/ import the full text of a law"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=".docx 或 UTF-8 的 Markdown 文件")
        parser.add_argument("--code", required=True, help="目录中的代码，例如 water_law；目录里没有的，列入目录")
        parser.add_argument("--in-force-from", type=date.fromisoformat, metavar="DAY", help="这一版的施行日期")
        parser.add_argument("--level", choices=[one.value for one in Level], help="效力级别，只用于新列入目录的")
        parser.add_argument("--short-name", default="", help="简称，只用于新列入目录的")
        parser.add_argument("--organ", default="", help="制定机关，只用于新列入目录的")
        parser.add_argument("--replace", action="store_true", help="这一版的正文已经导入的，以这份文件为准")
        parser.add_argument("--dry-run", action="store_true", help="只核对、报告，不写入")
        parser.add_argument("--json", action="store_true", help="以 JSON 报告")

    def handle(self, *args: Any, **options: Any) -> None:
        entry = ImportEntry(
            code=checked_code(options["code"]),
            name=options["file"].name,
            data=content_of(options["file"]),
            in_force_from=options["in_force_from"],
            level=Level(options["level"]) if options["level"] else None,
            short_name=options["short_name"],
            organ=options["organ"],
            replaces=options["replace"],
        )
        with entered(PUBLIC):
            report = try_import(entry=entry) if options["dry_run"] else import_text(entry=entry, at=timezone.now())
        told = json.dumps(asdict(report), ensure_ascii=False, default=str) if options["json"] else report.words
        self.stdout.write(told)


def checked_code(code: str) -> str:
    """Return the code; refuse one that cannot stand in addresses, or stands there for something else."""
    plain = code.isascii() and code[:1].islower() and code.replace("_", "").isalnum() and code == code.lower()
    if not plain or len(code) > 40 or code in {"links", "search", "options"}:  # noqa: PLR2004  # the column's length
        raise Refusal("statute.bad_code", "代码用小写字母开头，只含小写字母、数字和下划线，不超过40个字符")
    return code


def content_of(file: Path) -> bytes:
    """Return the bytes of a file; refuse a path that leads to none."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise Refusal("statute.no_file", f"没有文件 {file}") from None
