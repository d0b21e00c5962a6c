"""自动保存: what is typed is kept two seconds after a pause, and when a field is left."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from huiyin.county.registry import drafts
from huiyin.county.registry.queries.receipts import listed_receipts
from huiyin.county.registry.rules import REGISTRARS
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .register_forms import RegistrationForm

NOT_KEPT = frozenset({"scan"})


@needs(REGISTRARS)
@require_POST
def draft(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """草稿: keep the form as it stands and say when; of what is sealed nothing is kept."""
    by, at = staff_of(request), timezone.now()
    receipt = get_object_or_404(listed_receipts(by), pk=receipt_id)
    names = [name for name in RegistrationForm(by=by, receipt=receipt).fields if name not in NOT_KEPT]
    values = {name: request.POST.get(name, "") for name in names}
    try:
        kept = drafts.keep(receipt_id=receipt_id, values=values, is_split=request.GET.get("again") == "1", by=by, at=at)
    except Refusal as refusal:
        return render(request, "draft_note.html", {"words": refusal.words})
    words = f"{moment_words(kept.saved_at)}已自动保存" if kept else "不自动保存"
    return render(request, "draft_note.html", {"words": words})
