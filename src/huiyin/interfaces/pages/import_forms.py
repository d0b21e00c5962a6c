"""Forms of the ledger import: the file, and which column holds what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from huiyin.county.ledger.headings import REQUIRED, ColumnMapping, Field
from huiyin.county.ledger.sheets import Sheet
from huiyin.interfaces.components.forms import Field as FieldComponent

SAMPLES = 3
NOT_IMPORTED = ("", "不导入")


class UploadForm(forms.Form):
    """The ledger as the office keeps it."""

    sheet = forms.FileField(
        label="台账文件",
        help_text=".xlsx 或 .csv，不超过五万行；第一行或前几行里要有表头",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class MappingForm(forms.Form):
    """Which column holds which field; one field per column, named by position, as headings may hold anything."""

    def __init__(self, data: QueryDict | None, *, mapping: ColumnMapping) -> None:
        """Offer every field for every column that has a heading."""
        super().__init__(data)
        self.headings = mapping.headings
        chosen = dict(mapping.columns)
        choices = [NOT_IMPORTED, *((field.value, _label(field)) for field in Field)]
        for position, heading in enumerate(mapping.headings):
            if not heading:
                continue
            field = chosen.get(position)
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=heading, required=False, choices=choices, initial=field.value if field else ""
            )

    def mapping(self) -> ColumnMapping:
        """Return what was chosen; refuse a field that was chosen twice, or one that is missing."""
        values: dict[str, str] = {}
        for position, heading in enumerate(self.headings):
            chosen = self.cleaned_data.get(f"column_{position}", "")
            if chosen and heading not in values:
                values[heading] = chosen
        mapping = ColumnMapping.from_values(values, self.headings)
        mapping.check()
        return mapping


def _label(field: Field) -> str:
    return f"{field.label}（必须）" if field in REQUIRED else field.label


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the sheet: its field to choose, and what stands in its first rows."""

    field: FieldComponent
    samples: str


def mapped_columns(form: MappingForm, sheet: Sheet) -> tuple[MappedColumn, ...]:
    """Return the columns to map, each with some of its values."""
    return tuple(
        MappedColumn(
            field=FieldComponent(field=form[f"column_{position}"], layout="inline"),
            samples="、".join(_samples([row.cells for row in sheet.rows], position)) or "（空列）",
        )
        for position, heading in enumerate(sheet.headings)
        if heading
    )


def _samples(rows: Sequence[tuple[str, ...]], position: int) -> Iterator[str]:
    found = dict.fromkeys(row[position] for row in rows[:50] if position < len(row) and row[position])
    yield from list(found)[:SAMPLES]
