"""Every page a person can open, checked by axe at the width of a phone: WCAG 2.2 A and AA.

The browser asks; the demonstration world answers in this very process, without a server.
"""

from contextvars import copy_context
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from accounts.enums import Audience
from accounts.models import User
from accounts.roles import belongs_to
from tests.journeys.conftest import ROOT, sign_in
from tests.journeys.learner_pages import prepare_learner_pages
from tests.journeys.test_demo_world import address_of, our_routes

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SITE = "http://localhost"
WIPE = "Clear-Site-Data"  # signing out: it would close the browser's connection to nowhere
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
ABSENT_PAGE = "/cette-page-n-existe-pas/"
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
    ABSENT_PAGE,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="The same pages: checked once, on SQLite."
    ),
]


@pytest.fixture(scope="module", autouse=True)
def started(browser: Browser) -> None:
    """Start the browser before the world is built: Django's connection follows its event loop."""


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci.")
    return AXE.read_text(encoding="utf-8")


def open_phone(browser: Browser, colours: str) -> Page:
    """A 360 px screen in light or dark colours; closed with the browser."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme=colours, service_workers="block"
    )
    return context.new_page()


def serve(page: Page, client: Client) -> None:
    """Answer the browser's requests from Django's own test client."""
    # Playwright calls back in a context of its own, where Django would open another connection.
    here = copy_context()

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        path = f"{address.path}?{address.query}" if address.query else address.path
        response = here.run(client.get, path, follow=True)
        route.fulfill(
            status=response.status_code,
            headers={name: value for name, value in response.items() if name != WIPE},
            body=response.getvalue(),
        )

    page.unroute_all()
    page.route("**/*", answer)


def problems(page: Page, address: str, axe: str) -> list[str]:
    """What axe finds on the page: « address: rule, first element »."""
    response = page.goto(f"{SITE}{address}", wait_until="load")
    assert response is not None
    assert (response.status == 404) == (address == ABSENT_PAGE), (address, response.status)
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
    """The addresses of ours that give this account an HTML page; public ones for a visitor only."""
    user = User.objects.get(username=username) if username else AnonymousUser()
    opened = []
    for route, pattern in our_routes():
        allowed = pattern.callback.audience
        is_public = allowed == Audience.PUBLIC
        if is_public == bool(username) or not belongs_to(user, allowed):
            continue
        address = address_of(route)
        response = client.get(address)
        is_page = response.status_code == 200 and "text/html" in response["Content-Type"]
        response.getvalue()
        if is_page:
            opened.append(address)
    return opened


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_public_pages_have_no_barrier(
    world: None, browser: Browser, axe: str, colours: str
) -> None:
    client, page = sign_in(""), open_phone(browser, colours)
    serve(page, client)
    addresses = [*SITE_PAGES, *pages_for("", client)]

    found = [problem for address in addresses for problem in problems(page, address, axe)]

    assert "\n".join(found) == ""


@pytest.mark.parametrize(
    ("username", "colours"),
    [
        ("apprenante", "light"),
        ("apprenante", "dark"),
        ("formateur", "light"),
        ("comite", "light"),
        ("admin", "dark"),
        ("redactrice", "light"),
    ],
)
def test_pages_of_each_role_have_no_barrier(
    world: None, browser: Browser, axe: str, username: str, colours: str
) -> None:
    client, page = sign_in(username), open_phone(browser, colours)
    serve(page, client)
    addresses = pages_for(username, client)

    found = [problem for address in addresses for problem in problems(page, address, axe)]

    assert len(addresses) >= 5
    assert "\n".join(found) == ""


def test_what_an_old_phone_opens_has_no_barrier(world: None, browser: Browser, axe: str) -> None:
    """Tests begun, a corrected copy, forms still open: the walks above meet them closed."""
    found = []
    page = open_phone(browser, "light")
    for username, address in prepare_learner_pages():
        serve(page, sign_in(username))
        found += problems(page, address, axe)

    assert "\n".join(found) == ""


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
