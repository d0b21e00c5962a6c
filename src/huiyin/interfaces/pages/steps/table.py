"""Every step that the page of a petition can offer, in the order of the way."""

from collections.abc import Iterator

from django import forms
from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition

from . import (
    assignment_steps,
    disposition_steps,
    evidence_steps,
    oversight_steps,
    reception_steps,
    registry_steps,
    reply_steps,
    secrecy_steps,
    unit_steps,
)
from .kinds import StepForm, StepKind
from .registry_steps import has_original, lacks_original

STEPS: dict[str, StepKind] = {
    **registry_steps.STEPS,
    **disposition_steps.STEPS,
    **unit_steps.STEPS,
    **evidence_steps.STEPS,
    **assignment_steps.STEPS,
    **reception_steps.STEPS,
    **reply_steps.STEPS,
    **oversight_steps.STEPS,
    **secrecy_steps.STEPS,
}
# Nothing of these can be done before the original was uploaded.
WAITS_FOR_ORIGINAL = frozenset({"void"})


def open_steps(petition: Petition, by: Staff) -> Iterator[str]:
    """Yield the names of the steps that this person may take now, the most likely first."""
    waits = lacks_original(petition)
    names = [name for name, step in STEPS.items() if step.offered(petition, by)]
    if waits:
        names = [name for name in names if name not in WAITS_FOR_ORIGINAL]
    yield from sorted(names, key=lambda name: STEPS[name].folded and not (waits and name == "attach"))


def made(name: str, petition: Petition, by: Staff, *sent: object) -> forms.Form:
    """Return the form of a step, blank or with what was sent; it carries the version that its page shows."""
    form = STEPS[name].make(*sent, by=by, petition=petition, prefix=name)
    form.fields["version"] = forms.IntegerField(
        widget=forms.HiddenInput(), initial=petition.version, required=False, min_value=1
    )
    return form


def step_form(name: str, petition: Petition, by: Staff, *, bound: forms.Form | None = None) -> StepForm:
    """Return the form of a step for the page; a bound one that was refused in its place."""
    step = STEPS[name]
    form = bound if bound is not None else made(name, petition, by)
    is_needed = name == "attach" and not has_original(petition)
    return StepForm(
        name=name,
        title=step.title,
        lead=step.lead,
        form=form,
        action=reverse("petition_step", args=[petition.pk, name]),
        submit=step.submit,
        kind="primary" if is_needed else step.kind,
        confirm=step.confirm,
        folded=step.folded and bound is None and not is_needed,
    )
