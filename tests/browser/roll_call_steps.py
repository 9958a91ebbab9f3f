"""What the tests do with a roll call on a phone: open it, tap, send, read what is shown."""

from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.phone_steps import await_worker
from tests.factories.accounts import PASSWORD
from trainers.models import Participation

CODE = "SEG-900"
PAGE_IS_STORED = "() => document.querySelector('[data-stored]')?.checkVisibility()"
NOTHING_WAITS = "() => !Object.keys(localStorage).some((key) => key.includes('/r/'))"


def enter(page: Page, live_server: LiveServer, identifier: str) -> None:
    """Sign in as somebody of the training staff."""
    page.goto(f"{live_server.url}/compte/connexion/")
    page.fill("input[name=login]", identifier)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/connexion/" not in url)
    await_worker(page)


def open_roll_call(page: Page, live_server: LiveServer, *, position: int = 1) -> str:
    """Open the page of the session and wait until it is on the phone."""
    address = f"{live_server.url}/sessions/{CODE}/?seance={position}"
    page.goto(address)
    page.wait_for_function(PAGE_IS_STORED)
    return address


def tap(page: Page, person: Participation | str, answer: str = "present") -> None:
    """One touch on « Présent » or « Absent »."""
    name = person if isinstance(person, str) else str(person.person)
    row = page.locator(".roll-call > li", has=page.get_by_text(name, exact=True))
    row.locator(f"label:has(input[value={answer}])").click()


def figure(page: Page, name: str) -> int:
    """One of the counts at the top: true (present), false (absent), undefined (to note), wait."""
    return int(page.locator(f'[data-n="{name}"]').inner_text())


def send_now(page: Page) -> None:
    page.locator("[data-act=send]").click()


def second_phone(browser: BrowserContext) -> BrowserContext:
    """Another phone of the same kind."""
    assert browser.browser is not None
    return browser.browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR")
