"""``huiyin import_categories``: the full three-level list of content classes from a file."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, entered
from huiyin.platform.categories.actions import import_full


class Command(BaseCommand):
    help = "导入全国信访内容分类三级表（制表符或逗号分隔，三列）/ import the three-level list of classes"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="三列：一级、二级、三级")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = rows_of(options["file"])
        with entered(PUBLIC):
            count = import_full(rows)
        self.stdout.write(f"读取 {len(rows)} 行，新增分类 {count} 个")


def rows_of(file: Path) -> list[list[str]]:
    """Read the rows of a text file whose columns are parted by tabs or commas; empty lines are left out."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Refusal("categories.no_file", f"没有文件 {file}") from None
    except (UnicodeDecodeError, IsADirectoryError):
        raise Refusal("categories.not_text", f"{file} 不是 UTF-8 编码的文本文件") from None
    mark = "\t" if "\t" in text else ","
    return [row for row in csv.reader(text.splitlines(), delimiter=mark) if any(cell.strip() for cell in row)]
