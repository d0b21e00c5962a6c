"""Components of forms: one field, a row of choices, a whole form."""

from typing import Annotated, ClassVar, Literal, Self

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.safestring import SafeString
from pydantic import Field as Rule
from pydantic import model_validator
from pydantic.dataclasses import dataclass

from .contract import STRICT, Component
from .links import ButtonKind, Href, OptionalHref, Words


def first_id(bound: BoundField) -> str:
    """Return the id of the field's input, or of its first choice."""
    return bound.id_for_label or f"{bound.auto_id}_0"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Field(Component):
    """A form field with label, help, errors and the mark of what is required."""

    component: ClassVar[str] = "field"
    field: BoundField
    layout: Literal["stacked", "inline"] = "stacked"
    width: Literal["full", "half", "third", "short"] = "full"
    hint: str = ""

    @property
    def shape(self) -> Literal["hidden", "choices", "check", "plain"]:
        """Return which of four markups the field needs."""
        widget = self.field.field.widget
        if self.field.is_hidden:
            return "hidden"
        if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
            return "choices"
        return "check" if isinstance(widget, CheckboxInput) else "plain"

    @property
    def choice_chips(self) -> "ChoiceChips":
        """Return the same field as a row of choices."""
        return ChoiceChips(field=self.field, hint=self.hint)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ChoiceChips(Component):
    """A field with few choices, all of them in sight; the digits 1 to 9 choose when it has the focus."""

    component: ClassVar[str] = "choice_chips"
    field: BoundField
    hint: str = ""

    @model_validator(mode="after")
    def has_choices(self) -> Self:
        """Refuse a field whose widget shows no choices."""
        if not isinstance(self.field.field.widget, RadioSelect | CheckboxSelectMultiple):
            raise ValueError("choice_chips needs RadioSelect or CheckboxSelectMultiple")  # noqa: TRY004  # pydantic's way
        return self

    @property
    def kind(self) -> str:
        """Return the kind of button the choices are."""
        return "radio" if isinstance(self.field.field.widget, RadioSelect) else "checkbox"

    @property
    def describedby(self) -> str:
        """Return the ids of the help and the errors."""
        return self.field.aria_describedby or ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Form(Component):
    """A whole form that posts: tokens, the summary of errors, its fields (or the body in their place), its buttons."""

    component: ClassVar[str] = "form"
    takes_body: ClassVar[bool] = True
    form: BaseForm
    action: Href
    submit: Words
    id: Annotated[str, Rule(pattern=r"^($|[a-z][a-z0-9-]*$)")] = ""
    kind: ButtonKind = "primary"
    cancel_href: OptionalHref = ""
    confirm: str = ""
    note: str = ""
    body: SafeString = SafeString()

    @property
    def faults(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Return (id, label, errors) of each field that was refused."""
        return tuple(
            (first_id(bound), str(bound.label), tuple(str(error) for error in bound.errors))
            for bound in self.form
            if bound.errors
        )
