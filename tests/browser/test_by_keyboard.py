"""What people do without a mouse or a finger: sign in, read a lesson to its end, take a test."""

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from assessments.models import Attempt, TestForm
from tests.browser.phone_steps import KEY
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return {
        text: (one.innerText || one.value || '').trim(), name: one.name || '',
        ring: style.outlineStyle != 'none' || one.matches(':has(:focus-visible)')
            || getComputedStyle(one.closest('label') || one).outlineStyle != 'none',
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
}"""


@pytest.fixture
def keyboard(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    return context.new_page()


def tab_to(page: Page, *, text: str = "", name: str = "") -> None:
    """Press Tab until the thing has the focus; each stop on the way is visible, with a ring."""
    for _press in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused["text"] and not focused["name"]:
            continue
        assert focused["seen"], focused
        assert focused["ring"], focused
        if (text and text in focused["text"]) or (name and name == focused["name"]):
            return
    pytest.fail(f"The keyboard never reaches {text or name}.")


def test_first_stop_leads_past_the_menu(keyboard: Page, live_server: LiveServer) -> None:
    keyboard.goto(f"{live_server.url}/compte/connexion/")

    tab_to(keyboard, text="Aller au contenu")
    keyboard.keyboard.press("Enter")
    tab_to(keyboard, name="login")

    assert keyboard.url.endswith("#contenu")


def test_whole_test_is_taken_with_the_keyboard(
    keyboard: Page, live_server: LiveServer, form: TestForm
) -> None:
    page, keys = keyboard, keyboard.keyboard

    page.goto(f"{live_server.url}/compte/connexion/")
    tab_to(page, name="login")
    keys.type("MAG-42")
    tab_to(page, name="password")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/mon-espace/")
    tab_to(page, text="Passer le test")
    keys.press("Enter")
    page.wait_for_url("**/test/pre/")
    tab_to(page, text="Commencer le test")
    keys.press("Enter")
    page.wait_for_selector("main fieldset")
    answer_all(page)
    tab_to(page, text="Rendre ma copie")
    keys.press("Enter")
    page.wait_for_url("**/resultat/")

    attempt = Attempt.objects.get()
    assert attempt.responses == list(KEY)
    assert attempt.percent == 100.0


def answer_all(page: Page) -> None:
    """Tab goes from question to question, the arrows from choice to choice."""
    for letter in KEY:
        page.keyboard.press("Tab")
        while not page.evaluate("document.activeElement.matches('main fieldset input')"):
            page.keyboard.press("Tab")
        if letter == "A":
            page.keyboard.press("Space")
        for _step in range("ABCD".index(letter)):
            page.keyboard.press("ArrowDown")
