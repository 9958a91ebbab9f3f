"""Opening a session counts its gestures: on a phone, without JavaScript, few answers are enough."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from accounts.reference_data import load_reference_data
from tests.factories.accounts import PASSWORD, make_person, make_region, make_user
from tests.factories.trainers import make_curriculum, make_trainer
from trainers.models import Registration, TrainingSession
from trainers.participation.rule_sets import create_first_rule_set

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_ANSWERS = 8
MOST_GESTURES = 12  # answers and touches, from the list to a session that is open


class Hand:
    """A person's hand: every answer and every touch is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.answers, self.touches = page, 0, 0

    def fill(self, name: str, text: str) -> None:
        self.page.fill(f"main [name={name}]", text)
        self.answers += 1

    def choose(self, name: str, text: str) -> None:
        value = self.page.locator(f"main [name={name}] option", has_text=text).first
        self.page.select_option(f"main [name={name}]", value.get_attribute("value"))
        self.answers += 1

    def touch(self, text: str) -> None:
        found = self.page.locator("main a, main button, main summary").filter(has_text=text).first
        if found.evaluate("element => element.tagName") == "SUMMARY":
            found.click()
        else:
            with self.page.expect_navigation():  # the server has written before the test looks
                found.click()
        self.touches += 1


@pytest.fixture
def hand(phone: BrowserContext, live_server: LiveServer) -> Hand:
    """The trainer Sira, signed in on her phone, before the list of her sessions."""
    load_reference_data()
    create_first_rule_set()
    make_curriculum()
    person = make_person("DIALLO", "Sira", matricule="FORM-1")
    make_trainer(person, base=make_region())
    make_user(Role.TRAINER, person=person)
    page = phone.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/compte/connexion/")
    page.fill("[name=login]", "FORM-1")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{live_server.url}/sessions/")
    return Hand(page)


def test_session_is_opened_in_a_few_gestures_then_copied(hand: Hand) -> None:
    hand.touch("Ouvrir une session")
    hand.choose("curriculum", "Curriculum traite-des-personnes")
    hand.fill("starts_on", "2026-06-01")
    hand.fill("seats", "25")
    hand.fill("venue", "Salle A")
    hand.touch("Ouvrir une session")

    session = TrainingSession.objects.get()
    assert re.search(f"/sessions/{session.code}/$", hand.page.url)
    assert (session.territory.code, session.slots.count()) == ("segou", 4)  # her own region
    assert hand.answers <= MOST_ANSWERS
    assert hand.answers + hand.touches <= MOST_GESTURES
    assert (hand.answers, hand.touches) == (4, 2)

    hand.answers = hand.touches = 0
    hand.touch("Préparer")
    hand.touch("Copier la session")
    hand.fill("starts_on", "2026-09-07")
    hand.touch("Ouvrir la copie")
    assert TrainingSession.objects.count() == 2
    assert (hand.answers, hand.touches) == (1, 3)


def test_seat_is_asked_for_on_a_phone_without_an_account(
    hand: Hand, live_server: LiveServer
) -> None:
    hand.touch("Ouvrir une session")
    hand.choose("curriculum", "Curriculum traite-des-personnes")
    hand.fill("starts_on", str(timezone.localdate() + datetime.timedelta(days=30)))
    hand.touch("Ouvrir une session")
    hand.touch("Liste")
    hand.touch("Inscription par lien")
    hand.touch("Ouvrir le lien")
    address = hand.page.locator("main a[href*='/inscription/']").get_attribute("href")
    assert address is not None

    other = hand.page.context.browser.new_context(  # type: ignore[union-attr]
        viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = other.new_page()
    page.set_default_timeout(10_000)
    page.goto(live_server.url + address[address.index("/inscription/") :])
    page.fill("[name=family_name]", "Diarra")
    page.fill("[name=phone]", "66 12 34 56")  # no number of the factories
    page.click("main button[type=submit]")
    page.wait_for_url("**/recue/")
    page.go_back()
    page.click("main button[type=submit]")  # the same page sent again
    page.wait_for_url("**/recue/")
    other.close()
    assert Registration.objects.count() == 1

    hand.page.reload()
    hand.touch("Examiner")
    hand.touch("Accepter")
    assert TrainingSession.objects.get().participations.count() == 1
