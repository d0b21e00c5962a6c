"""Where scans lie: by their content, kept once, and whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from huiyin.county.registry import files
from huiyin.kernel.tenant import Tenant, entered

QINGLAN = Tenant(schema="qinglan", kind="county", name="青岚县")
SCAN = b"%PDF-1.7 letter of the invented Zhao"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path) -> Iterator[None]:
    """青岚县, entered, with an empty folder for its files."""
    with override_settings(HUIYIN_DATA=tmp_path), entered(QINGLAN):
        yield


def test_the_same_scan_is_kept_once_and_not_written_again() -> None:
    path = files.path_of(files.store(SCAN))
    written = path.stat().st_ino
    assert files.path_of(files.store(SCAN)) == path
    assert (path.read_bytes(), path.stat().st_ino) == (SCAN, written)


@pytest.mark.parametrize("damaged", [b"", SCAN[:-1], SCAN[:-1] + b"?"])
def test_a_damaged_file_is_written_anew_when_its_scan_is_uploaded_again(damaged: bytes) -> None:
    sha256 = files.store(SCAN)
    path = files.path_of(sha256)
    path.write_bytes(damaged)
    assert not files.is_intact(sha256)
    assert files.store(SCAN) == sha256
    assert files.is_intact(sha256)
    assert [file.name for file in path.parent.iterdir()] == [sha256]


def test_whoever_reads_the_damaged_file_meanwhile_never_sees_half_of_the_new_one() -> None:
    path = files.path_of(files.store(SCAN))
    path.write_bytes(b"damaged")
    with path.open("rb") as reader:
        files.store(SCAN)
        assert reader.read() == b"damaged"
    assert path.read_bytes() == SCAN
