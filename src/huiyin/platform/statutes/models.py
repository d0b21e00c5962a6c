"""Laws that a matter can be about: each with its wordings by day, and the articles of each wording."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from .querysets import ArticleQuerySet, VersionQuerySet
from .states import Level


class Statute(models.Model):
    """关联法律: a law by its title; ``words`` are what people call the things it rules."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, default="")
    level = models.CharField(max_length=16, choices=Level.choices(), default=Level.LAW.value)
    organ = models.CharField(max_length=60, default="")
    adopted_on = models.DateField(null=True, blank=True)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    words = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        db_table = "platform_statute"
        constraints = [
            models.CheckConstraint(
                name="a_statute_ends_after_it_began",
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class StatuteVersion(models.Model):
    """版本: one wording of a law from the day it is in force; without ``sha256`` its text was not imported."""

    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="versions")
    made_on = models.DateField(null=True, blank=True)
    in_force_from = models.DateField()
    sha256 = models.CharField(max_length=64, blank=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    missing = ArrayField(models.PositiveSmallIntegerField(), default=list)

    objects = VersionQuerySet.as_manager()

    class Meta:
        db_table = "platform_statute_version"
        constraints = [
            models.UniqueConstraint(name="one_wording_of_a_statute_from_a_day", fields=["statute", "in_force_from"]),
            models.CheckConstraint(
                name="an_imported_text_has_its_hash_and_moment",
                condition=Q(sha256="", imported_at=None) | (~Q(sha256="") & Q(imported_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        """Return the day from which it is in force."""
        return str(self.in_force_from)


class StatuteArticle(models.Model):
    """条: one article of one wording; its caption is ours, its paragraphs come from an imported file."""

    version = models.ForeignKey(StatuteVersion, on_delete=models.CASCADE, related_name="articles")
    number = models.PositiveSmallIntegerField()
    branch = models.PositiveSmallIntegerField(default=0)
    part = models.CharField(max_length=120, blank=True)
    chapter = models.CharField(max_length=120, blank=True)
    section = models.CharField(max_length=120, blank=True)
    caption = models.CharField(max_length=60, blank=True)
    paragraphs = ArrayField(models.TextField(), default=list)
    grams = ArrayField(models.TextField(), default=list)
    searchable = models.TextField(default="")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        db_table = "platform_statute_article"
        constraints = [
            models.UniqueConstraint(name="an_article_stands_once", fields=["version", "number", "branch"]),
            models.CheckConstraint(
                name="an_article_has_a_caption_or_a_text", condition=~Q(caption="") | ~Q(paragraphs=[])
            ),
        ]
        indexes = [GinIndex(name="articles_by_grams", fields=["grams"])]

    def __str__(self) -> str:
        """Return the number."""
        return f"{self.number}-{self.branch}" if self.branch else str(self.number)
