"""An event noted on a phone: with the keyboard alone, or without scripts, in few touches."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from tests.browser.test_by_keyboard import tab_to
from tests.factories.accounts import PASSWORD, make_person, make_user
from trainers.models import AwarenessEvent, Headcount

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def focal_point() -> None:
    make_user(Role.FOCAL_POINT, person=make_person("KONÉ", "Fanta", matricule="PF-1"))


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/compte/connexion/?next=/actions/nouvelle/")
    page.fill("input[name=login]", "PF-1")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/actions/nouvelle/")


def noted() -> list[tuple[str, str, int]]:
    assert AwarenessEvent.objects.get().place == "Marché"
    rows = Headcount.objects.order_by("-people").values_list("sex", "age_band", "people")
    return list(rows)


def test_event_is_noted_with_the_keyboard_and_its_total_follows(
    browser: Browser, live_server: LiveServer, focal_point: None
) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    sign_in(page, live_server.url)
    keys = page.keyboard

    page.focus("select[name=territory]")  # after the day, whose calendar is the browser's own
    tab_to(page, name="place")
    keys.type("Marché")
    tab_to(page, name="theme")
    keys.press("ArrowDown")
    tab_to(page, name="n_F_ADULT")
    keys.type("31")
    tab_to(page, name="n_M_ADULT")
    keys.type("22")
    assert page.inner_text("[data-total]") == "53"
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/actions/ACT-SEG-\d{4}-01/$"))

    assert noted() == [("F", "ADULT", 31), ("M", "ADULT", 22)]
    page.context.close()


def test_event_is_noted_without_scripts_in_few_touches(
    phone: BrowserContext, live_server: LiveServer, focal_point: None
) -> None:
    page = phone.new_page()
    sign_in(page, live_server.url)
    assert not page.is_visible("[data-total]")  # a total that no script would follow

    page.fill("input[name=place]", "Marché")
    page.select_option("select[name=theme]", "SIGNS")
    page.fill("input[name=n_F_ADULT]", "31")
    page.click("main button[type=submit]")  # four fields: the rest is today, at home
    page.wait_for_url(re.compile(r"/actions/ACT-SEG-\d{4}-01/$"))

    assert noted() == [("F", "ADULT", 31)]
    assert "Il manque une pièce" in page.inner_text("main")
