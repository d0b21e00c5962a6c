"""台账导入 at the edge: what the screen and the API do alike with a file, its columns and its run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.core import signing

from huiyin.accounts.models import Staff
from huiyin.county.ledger import actions, rules
from huiyin.county.ledger.headings import ColumnMapping
from huiyin.county.ledger.models import ImportRow, ImportRun
from huiyin.county.ledger.sheets import Sheet, read_sheet
from huiyin.county.registry import files
from huiyin.county.registry.models import Petition
from huiyin.jobs import ledger as jobs
from huiyin.jobs import messages as queue
from huiyin.kernel import tenant
from huiyin.kernel.refusal import Refusal

LIFE_SECONDS = 24 * 60 * 60
NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded, as the next call carries it, signed: its name and the hash of its content."""

    name: str
    sha256: str

    @classmethod
    def take(cls, data: bytes, *, name: str, by: Staff) -> Self:
        """Keep the content of a ledger; refuse what is none."""
        rules.check_may_import(by)
        short = name[-NAME_LIMIT:]
        read_sheet(data, short)
        return cls(name=short, sha256=files.store(data))

    @classmethod
    def read(cls, written: str) -> Self:
        """Return the upload a call carries; one that was changed, is old or another office's is not there."""
        try:
            schema, name, sha256 = signing.loads(written, salt="import", max_age=LIFE_SECONDS)
        except signing.BadSignature:
            schema, name, sha256 = "", "", ""
        if schema != tenant.current().schema:
            raise Refusal("ledger.unknown_upload", "没有这个文件，或上传已超过一天，请重新上传")
        return cls(name=name, sha256=sha256)

    def written(self) -> str:
        """Return the upload as the next call carries it."""
        return signing.dumps([tenant.current().schema, self.name, self.sha256], salt="import")

    def data(self) -> bytes:
        """Return the content from where it is kept."""
        path = files.path_of(self.sha256)
        if not path.is_file():
            raise Refusal("ledger.unknown_upload", "没有这个文件，或上传已超过一天，请重新上传")
        return path.read_bytes()

    def sheet(self) -> Sheet:
        """Read the file again."""
        return read_sheet(self.data(), self.name)


def try_out(upload: Upload, mapping: ColumnMapping, *, by: Staff, at: datetime) -> ImportRun:
    """试运行: write down what would become of each row of an upload."""
    return actions.start_run(name=upload.name, data=upload.data(), mapping=mapping, by=by, at=at)


def found_run(run_id: int, *, by: Staff) -> ImportRun:
    """Return one import for whoever may import, or refuse as if there were none."""
    rules.check_may_import(by)
    run = ImportRun.objects.select_related("started_by").filter(pk=run_id).first()
    if run is None:
        raise Refusal("ledger.unknown_run", "没有这次导入")
    return run


def leave_to_the_worker(run: ImportRun, *, by: Staff, at: datetime) -> None:
    """正式导入: have the worker carry a run out; sent twice, it is one message."""
    rules.check_may_import(by)
    queue.send(jobs.carry_out, name=str(run.pk), at=at, run_id=run.pk, by_id=by.pk)


def open_ones(rows: Iterable[ImportRow], *, by: Staff) -> frozenset[int]:
    """Return which petitions of these rows this person may see: the report shows nothing of the others (DOMAIN §6)."""
    ids = [row.petition_id for row in rows if row.petition_id is not None]
    return frozenset(Petition.objects.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))
