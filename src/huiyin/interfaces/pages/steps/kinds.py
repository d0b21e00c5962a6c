"""A step of a petition: when it is offered to whom, how its form is made, what it carries out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.kernel.refusal import Refusal

Act = Callable[["Submitted"], object]
Offered = Callable[[Petition, Staff], bool]
Initial = Callable[[Petition], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A step as it was sent: the petition, the checked values, who and when."""

    petition: Petition
    form: forms.Form
    request: HttpRequest
    by: Staff
    at: datetime

    @property
    def version(self) -> int | None:
        """The version of the petition that the page showed when the form was opened."""
        seen: int | None = self.form.cleaned_data.get("version")
        return seen

    @property
    def values(self) -> dict[str, object]:
        """The checked values of the form."""
        return self.form.cleaned_data

    def text(self, name: str) -> str:
        """Return one value as text."""
        return str(self.values.get(name) or "")


@dataclass(frozen=True, slots=True)
class StepForm:
    """One form of the page: what it is called, where it goes, what its button says."""

    name: str
    title: str
    lead: str
    form: forms.Form
    action: str
    submit: str
    kind: str = "primary"
    confirm: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class StepKind:
    """A step: to whom it is offered and when, its form, what it carries out, what is said when it is done."""

    title: str
    submit: str
    done: str
    offered: Offered
    make: Callable[..., forms.Form]
    act: Act
    lead: str = ""
    confirm: str = ""
    kind: str = "primary"
    folded: bool = False


def in_states(*states: State, may: Callable[[Staff], bool]) -> Offered:
    """Return the question whether a petition stands in one of the states before a person who may."""
    wanted = {state.value for state in states}
    return lambda petition, by: petition.state in wanted and may(by)


def plain(form: type[forms.Form], initial: Initial | None = None) -> Callable[..., forms.Form]:
    """Return how a form is made that asks nothing of the person, with what the petition already tells."""

    def make(*args: object, by: Staff, petition: Petition, **options: object) -> forms.Form:
        del by
        values = initial(petition) if initial is not None else {}
        return form(*args, **{**options, "initial": values})  # type: ignore[arg-type]  # Django's own loose signature

    return make


def with_person(form: Callable[..., forms.Form]) -> Callable[..., forms.Form]:
    """Return how a form is made whose choices follow from the person, such as who can approve."""

    def make(*args: object, by: Staff, petition: Petition, **options: object) -> forms.Form:
        del petition
        return form(*args, by=by, **options)

    return make


def with_petition(form: Callable[..., forms.Form]) -> Callable[..., forms.Form]:
    """Return how a form is made whose fields follow from the petition and the person."""

    def make(*args: object, by: Staff, petition: Petition, **options: object) -> forms.Form:
        return form(*args, by=by, petition=petition, **options)

    return make


def person(pk: str) -> Staff:
    """Return the second person that a form names."""
    found = Staff.objects.filter(pk=int(pk), is_active=True).first() if pk.isdecimal() else None
    if found is None:
        raise Refusal("petition.approver_missing", "请选择审批人")
    return found
