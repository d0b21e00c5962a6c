"""Citations: the article of a classification as papers write it, compared with the text where one was imported."""

from dataclasses import replace
from datetime import date

from huiyin.platform.statutes.queries import cited

from . import intake_rules
from .rules import Classification


def with_citation(classification: Classification, *, on: date, stood: Classification | None = None) -> Classification:
    """Return the classification with its article as papers write it; refuse one that the law has not.

    What stood before and was left as it was is not asked again: it may be of a wording that is in force no more.
    """
    intake_rules.check_article(classification)
    law = (classification.statute_code, classification.article)
    if stood is not None and law == (stood.statute_code, stood.article):
        return classification
    return replace(classification, article=cited(classification.statute_code, classification.article, on=on))
