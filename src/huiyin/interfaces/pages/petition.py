"""The page of one petition: everything known of it, what comes next, and each step carried out once."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.county.registry import files
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Attachment, Petition
from huiyin.county.registry.queries.barred import unknown
from huiyin.interfaces import submissions
from huiyin.interfaces.attempts import tried
from huiyin.interfaces.components.petitions import PrintHeader
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .access import OFFICE_READERS, READERS_AND_UNITS, needs, staff_of
from .petition_screen import PetitionScreen, screen_of
from .petition_sections import sections_of
from .section import Section
from .steps.assignment_steps import unit_forms
from .steps.kinds import StepForm, StepKind, Submitted
from .steps.table import STEPS, made, open_steps, step_form

REASON_LIMIT = 80


@dataclass(frozen=True, slots=True)
class PetitionPage:
    """The screen with its forms."""

    petition: PetitionScreen
    steps: tuple[StepForm, ...]
    sections: tuple[Section, ...]
    print_header: PrintHeader


def _found(request: HttpRequest, petition_id: int) -> Petition:
    """Return a petition this reader may see; a foreign, a sealed and a made-up id look alike."""
    found = (
        Petition.objects.visible_to(staff_of(request))
        .filter(pk=petition_id)
        .select_related("petitioner", "registered_by", "repeats", "receipt", "keeper", "owner_unit")
        .first()
    )
    if found is None:
        raise unknown(petition_id, by=staff_of(request)) if request.method == "POST" else Http404
    return found


def _page(
    request: HttpRequest,
    petition: Petition,
    *,
    refused: tuple[str, forms.Form] | None = None,
    status: int = 200,
    revealed: bool = False,
) -> HttpResponse:
    by, now = staff_of(request), timezone.now()
    names = list(open_steps(petition, by))
    if refused is not None and refused[0] not in names:
        names.insert(0, refused[0])
    steps = [
        step_form(name, petition, by, bound=refused[1] if refused and refused[0] == name else None) for name in names
    ]
    page = PetitionPage(
        petition=screen_of(petition, by=by, today=local_day(now), revealed=revealed),
        steps=(*unit_forms(petition, by), *steps),
        sections=sections_of(petition, by=by, today=local_day(now)),
        print_header=PrintHeader(
            office=tenant.current().name, title=f"信访件 {petition.number}", printed_by=by.name, printed_at=now
        ),
    )
    return render(request, "petition.html", {"page": page}, status=status)


@needs(OFFICE_READERS)
@require_safe
def petition(request: HttpRequest, petition_id: int) -> HttpResponse:
    """信访件: the page."""
    return _page(request, _found(request, petition_id))


@needs(OFFICE_READERS)
@require_POST
def petition_step(request: HttpRequest, petition_id: int, name: str) -> HttpResponse:
    """办理一步: check the form, carry the step out once, come back to the page."""
    step = STEPS.get(name)
    if step is None:
        raise Http404
    found = _found(request, petition_id)
    by = staff_of(request)
    form = made(name, found, by, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, refused=(name, form), status=422)
    try:
        _carry_out(request, found, step, form)
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        found.refresh_from_db()
        return _page(request, found, refused=(name, form), status=409)
    messages.success(request, step.done)
    return redirect(reverse("petition", args=[petition_id]))


def _carry_out(request: HttpRequest, found: Petition, step: StepKind, form: forms.Form) -> None:
    sent = Submitted(petition=found, form=form, request=request, by=staff_of(request), at=timezone.now())
    body = {key: str(value) for key, value in form.cleaned_data.items()}

    def act() -> dict[str, str | int | None]:
        step.act(sent)
        return {"petition": found.pk}

    def once() -> object:
        key = request.POST.get("form_token", "")
        return submissions.once(key=key, sent=[found.pk, step.title, body], at=sent.at, act=act)

    tried(once, petition_id=found.pk, by=sent.by, at=sent.at)


@needs(OFFICE_READERS)
@require_POST
def petition_reveal(request: HttpRequest, petition_id: int) -> HttpResponse:
    """查看完整信息: show the petitioner unmasked, and write down who looked."""
    found = _found(request, petition_id)
    reason = request.POST.get("reason", "")[:REASON_LIMIT]
    petitions.reveal(petition_id=found.pk, reason=reason, by=staff_of(request), at=timezone.now())
    return _page(request, found, revealed=True)


@needs(READERS_AND_UNITS)
@require_safe
def attachment(request: HttpRequest, attachment_id: int) -> HttpResponseBase:
    """附件: hand out a stored file to whoever may see its petition, as a download that runs nothing."""
    row = Attachment.objects.visible_to(staff_of(request)).filter(pk=attachment_id).first()
    if row is None:
        raise Http404
    path = files.path_of(row.sha256)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=row.name, content_type=row.media_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
