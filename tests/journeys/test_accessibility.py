"""Every page a person can open, checked by axe at the width of a phone: WCAG 2.2 A and AA.

The browser asks; the demonstration world answers in this very process, without a server.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from accounts.models import User
from accounts.roles import belongs_to
from tests.journeys.conftest import ROOT, sign_in
from tests.journeys.test_demo_world import address_of, our_routes

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SITE = "http://localhost"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Letters twice as large (WCAG 1.4.4) on a narrow screen: the page only grows downwards.
OVERFLOW = """size => {
    const root = document.documentElement;
    root.style.fontSize = size == '100%' ? '' : `${17 * parseInt(size) / 100}px`;
    const over = root.scrollWidth - innerWidth;
    root.style.fontSize = '';
    return over;
}"""
COURSE = "/formations/comprendre-reperer-signaler/"
SITE_PAGES = (
    "/",
    "/en/",
    "/bm/",
    "/formations/",
    COURSE,
    f"{COURSE}comprendre/",
    f"{COURSE}comprendre/acte-moyen-but/",
    "/sensibilisation/",
    "/sensibilisation/reconnaitre-les-signes/",
    "/glossaire/",
    "/recherche/?q=traite",
    "/recherche/?q=zzzz",
    "/cette-page-n-existe-pas/",
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci.")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme=request.param, service_workers="block"
    )
    yield context.new_page()
    context.close()


def serve(page: Page, client: Client) -> None:
    """Answer the browser's requests from Django's own test client."""

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        response = client.get(f"{address.path}?{address.query}" if address.query else address.path)
        route.fulfill(
            status=response.status_code,
            headers=dict(response.headers),
            body=response.getvalue(),
        )

    page.unroute_all()
    page.route("**/*", answer)


def problems(page: Page, address: str, axe: str) -> list[str]:
    """What axe finds on the page: « address: rule, first element »."""
    page.goto(f"{SITE}{address}", wait_until="load")
    page.evaluate(axe)
    too_wide = [
        f"{address}: sticks out by {page.evaluate(OVERFLOW, size)} px, letters at {size}"
        for size in ("100%", "200%")
        if page.evaluate(OVERFLOW, size) > 0
    ]
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run({runOnly: {type: 'tag', values: tags}})", STANDARD
    )
    return too_wide + [
        f"{address}: {violation['id']} {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"][:2]
    ]


def pages_for(username: str, client: Client) -> list[str]:
    """The addresses of ours that give this account an HTML page."""
    user = User.objects.get(username=username)
    opened = []
    for route, pattern in our_routes():
        if not belongs_to(user, pattern.callback.audience):
            continue
        address = address_of(route)
        response = client.get(address)
        is_page = response.status_code == 200 and "text/html" in response["Content-Type"]
        response.getvalue()
        if is_page:
            opened.append(address)
    return opened


def test_public_pages_have_no_barrier(world: None, page: Page, axe: str) -> None:
    serve(page, sign_in(""))

    found = [problem for address in SITE_PAGES for problem in problems(page, address, axe)]

    assert found == []


@pytest.mark.parametrize("username", ["apprenante", "formateur", "comite", "admin"])
def test_pages_of_each_role_have_no_barrier(
    world: None, page: Page, axe: str, username: str
) -> None:
    client = sign_in(username)
    serve(page, client)
    addresses = pages_for(username, client)

    found = [problem for address in addresses for problem in problems(page, address, axe)]

    assert len(addresses) >= 5
    assert found == []


def test_every_site_page_type_is_among_the_checked_ones(world: None) -> None:
    from wagtail.models import Page as SitePage

    opened = {type(SitePage.objects.live().get(pk=pk).specific) for pk in _served(SITE_PAGES)}
    known = {type(one) for one in SitePage.objects.live().filter(depth__gt=1).specific()}

    assert known - opened == set()


def _served(addresses: tuple[str, ...]) -> list[int]:
    client = sign_in("")
    keys = []
    for address in addresses:
        context = client.get(address).context
        if context is not None and "page" in context:
            keys.append(context["page"].pk)
    return keys
