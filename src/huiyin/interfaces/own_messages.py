"""消息 at the edge: what a person was told, without what does not exist for them any more."""

from huiyin.accounts.models import Staff
from huiyin.county.office.models import Notification
from huiyin.county.office.querysets import NotificationQuerySet
from huiyin.county.registry.models import Petition
from huiyin.county.registry.querysets import barred_for


def own_messages(by: Staff) -> NotificationQuerySet:
    """Return a person's messages; one about a petition from which the person stays away since then is gone."""
    barred = Petition.objects.filter(barred_for(by)).values("pk")
    found: NotificationQuerySet = Notification.objects.to(by)
    return found.exclude(petition_id__in=barred)
