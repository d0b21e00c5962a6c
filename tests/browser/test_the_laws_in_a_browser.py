"""法律库 and its suggestions beside 归类 in a real browser: wide and on a phone, without a complaint of axe."""

from datetime import UTC, datetime
from typing import Any

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.registry.actions import attachments, petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import AttachmentKind
from huiyin.kernel.tenant import Tenant, entered

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def read_letter(served: int, committed_county: Tenant) -> int:
    """The letter about 承包地, read and not classified yet."""
    with entered(committed_county):
        clerk, at = Staff.objects.get(username="ma"), datetime.now(UTC)
        petition = Petition.objects.get(summary__contains="承包地")
        attachments.attach(
            petition_id=petition.pk,
            kind=AttachmentKind.ORIGINAL,
            name="信.pdf",
            data=b"%PDF-1.4\n1\n%%EOF",
            by=clerk,
            at=at,
        )
        petitions.read(petition_id=petition.pk, note="已阅", by=clerk, at=at)
        return petition.pk


def test_a_search_leads_to_the_place_of_an_article(invented_law: str, desk: Any) -> None:
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go("/statutes/")
    clerk.looks("laws")
    clerk.go("/statutes/?q=水费")
    clerk.looks("laws-found")
    clerk.page.locator(".hy-statute-found a").first.press("Enter")
    clerk.page.wait_for_url(f"**/statutes/{invented_law}/#article-*")
    clerk.looks("law")
    clerk.go("/statutes/water_law/")
    clerk.looks("law-without-text")
    clerk.go("/statutes/links/")
    clerk.looks("law-links")


def test_a_suggestion_fills_the_form_and_follows_the_class(read_letter: int, desk: Any) -> None:
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go(f"/petitions/{read_letter}/")
    clerk.looks("classifying")
    suggested = clerk.page.locator(".hy-suggested")
    suggested.locator("[data-hy-fill*=classify-article]").first.press("Enter")
    assert clerk.page.locator("[name=classify-statute]").input_value() == "land_contract_law"
    assert clerk.page.locator("[name=classify-article]").input_value().startswith("第")
    clerk.page.locator("[name=classify-category]").select_option("0206")
    suggested.get_by_text("《草原法》").first.wait_for()
    assert clerk.page.locator("[name=classify-statute]").input_value() == "land_contract_law"
    assert not clerk.complaints
