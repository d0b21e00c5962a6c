"""指标 in a real browser: from a number to its lines and from a line to its petitions, without a complaint of axe."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_number_leads_to_its_lines_and_to_its_petitions(desk: Any) -> None:
    head = desk("linshi")
    head.sign_in("wang")
    head.go("/analysis/?channels=all")
    head.looks("analysis")
    with head.page.expect_navigation():
        head.page.get_by_role("link", name="件件登记", exact=True).press("Enter")
    head.looks("breakdown")
    assert head.page.locator("canvas").count() == 2
    with head.page.expect_navigation():
        head.page.locator(".hy-table tbody tr").first.get_by_role("link").last.press("Enter")
    head.looks("behind")
    assert "件件登记 · 分母全部" in head.text()
