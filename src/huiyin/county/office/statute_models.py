"""Which laws the office's own tags and classes are usually about."""

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Staff
from huiyin.county.constraints import set_together

from .models import Tag
from .querysets import StatuteLinkQuerySet


class StatuteLink(models.Model):
    """关联法律: a local tag, or a class and all below it, leads to a law and perhaps to some of its articles."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, null=True, blank=True, related_name="statute_links")
    category_code = models.CharField(max_length=20, blank=True)
    statute_code = models.CharField(max_length=40)
    article = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    unlinked_at = models.DateTimeField(null=True, blank=True)
    unlinked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = StatuteLinkQuerySet.as_manager()

    class Meta:
        db_table = "county_statute_link"
        constraints = [
            models.CheckConstraint(
                name="a_link_starts_at_a_tag_or_at_a_class",
                condition=Q(tag__isnull=False, category_code="") | (Q(tag=None) & ~Q(category_code="")),
            ),
            models.UniqueConstraint(
                name="a_tag_or_class_leads_to_a_law_once",
                fields=["tag", "category_code", "statute_code"],
                condition=Q(unlinked_at=None),
                nulls_distinct=False,
            ),
            set_together("unlinked_at", "unlinked_by", name="a_link_is_undone_by_somebody_at_a_moment"),
        ]

    def __str__(self) -> str:
        """Return the law's code."""
        return self.statute_code
