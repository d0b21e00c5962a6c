"""What a person is told of a petition that is not there for them."""

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.querysets import barred_for
from huiyin.kernel.refusal import Refusal


def unknown(petition_id: int, *, by: Staff) -> Refusal:
    """Return the refusal of what is not there for this person; one who is barred from it is told the same.

    That the person is recused or stands accused goes into the audit log and nowhere else (DOMAIN §4, §6).
    """
    is_barred = Petition.objects.filter(barred_for(by), pk=petition_id).exists()
    return Refusal("petition.unknown", "没有这件信访件，或您无权查看", barred=petition_id if is_barred else None)
