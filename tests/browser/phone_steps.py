"""What the tests do on a phone that runs scripts: sign in, open a copy, tap, hand in."""

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.factories.accounts import PASSWORD
from trainers.models import Participation

KEY = "ABCDABCDAB"
# Neither waits for ever: a worker whose installation failed is registered again by the next page.
WORKER_ANSWERS = """async () => {
    const end = Date.now() + 10000;
    while (!navigator.serviceWorker.controller && Date.now() < end) {
        await new Promise((next) => setTimeout(next, 50));
    }
    return !!navigator.serviceWorker.controller;
}"""
PAGE_IS_KEPT = """async () => {
    const end = Date.now() + 20000;
    while (!await caches.match(location.pathname)) {
        if (Date.now() > end) throw new Error('The page was not kept.');
        await new Promise((next) => setTimeout(next, 50));
    }
}"""
PAGES_TRIED = 3


def sign_in(page: Page, live_server: LiveServer, identifier: str = "MAG-42") -> None:
    """Sign in, and wait until the worker answers for the pages of this phone."""
    page.goto(f"{live_server.url}/mon-espace/")
    page.fill("input[name=login]", identifier)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/mon-espace/")
    await_worker(page)


def await_worker(page: Page) -> None:
    for _page in range(PAGES_TRIED):
        if page.evaluate(WORKER_ANSWERS):
            return
        page.reload()
    raise AssertionError("No worker answers for the pages of this phone.")


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
