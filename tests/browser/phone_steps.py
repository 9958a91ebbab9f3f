"""What the tests do on a phone that runs scripts: sign in, open a copy, tap, hand in."""

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.factories.accounts import PASSWORD
from trainers.models import Participation

KEY = "ABCDABCDAB"
WORKER_ANSWERS = """async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((next) => setTimeout(next, 50));
}"""
PAGE_IS_KEPT = """async () => {
    while (!await caches.match(location.pathname)) {
        await new Promise((next) => setTimeout(next, 50));
    }
}"""


def sign_in(page: Page, live_server: LiveServer, identifier: str = "MAG-42") -> None:
    """Sign in, and wait until the worker answers for the pages of this phone."""
    page.goto(f"{live_server.url}/mon-espace/")
    page.fill("input[name=login]", identifier)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/mon-espace/")
    page.evaluate(WORKER_ANSWERS)


def open_copy(page: Page, live_server: LiveServer) -> str:
    address = f"{live_server.url}/tests/copie/{Participation.objects.first().pk}/pre/"
    page.goto(address)
    page.evaluate(PAGE_IS_KEPT)
    return address


def tap(page: Page, number: int) -> None:
    page.locator(f"#q{number} label:has(input[value='{KEY[number - 1]}'])").click()


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Rendre ma copie").click()


def told(page: Page, what: str) -> str:
    """What the bar says, once it says that."""
    line = page.locator(f"[data-phone] [data-say={what}]")
    line.wait_for(state="visible")
    return line.inner_text()


def held(page: Page) -> dict[str, object]:
    """Everything that this browser holds of the site."""
    return page.evaluate("""async () => ({
        caches: await caches.keys(),
        localStorage: Object.keys(localStorage),
        databases: await indexedDB.databases(),
    })""")
