"""A signed sheet of 25 people and four half-days, typed with the keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from tests.browser.roll_call_steps import enter
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend, make_trainer, staff
from trainers.attendance.paper_sheet import sheet_people
from trainers.attendance.short_codes import short_code
from trainers.models import AttendanceMark, Participation, TrainingSession

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = ["1111", "1110", "pppa", "0011", "1a1p"] * 5
FOCUSED = "document.activeElement.getAttribute('aria-label')"


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, session: TrainingSession) -> Page:
    person = make_person("DIALLO", "Sira", matricule="FOR-1")
    staff(session, make_trainer(person))
    make_user(Role.TRAINER, person=person)
    for number in range(25):
        attend(session, make_person(f"PERSONNE{number:02}", "Awa"), positions=[])
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    context.set_default_timeout(10_000)
    page = context.new_page()
    enter(page, live_server, "FOR-1")
    page.goto(f"{live_server.url}/sessions/SEG-900/appel/saisie/")
    return page


def test_sheet_of_25_rows_is_typed_without_a_mouse(page: Page, session: TrainingSession) -> None:
    keys = page.keyboard
    assert page.evaluate(FOCUSED) == "Awa PERSONNE00, J1 matin"

    for line in SHEET:
        keys.type(line)
        keys.press("Enter")
    assert page.evaluate("document.activeElement.name") == "new-1-family_name"
    for fact in ("KONE", "Bakary"):
        keys.type(fact)
        keys.press("Enter")
    keys.press("ControlOrMeta+Enter")
    page.get_by_text("100 cases notées. 1 personne ajoutée.").wait_for()

    noted: dict[int, str] = {}
    for mark in AttendanceMark.objects.order_by("slot__position"):
        noted[mark.participation_id] = noted.get(mark.participation_id, "") + str(
            int(mark.is_present)
        )
    people = [one for one in sheet_people(session) if one.person.family_name != "KONE"]
    expected = [line.replace("p", "1").replace("a", "0") for line in SHEET]
    assert [noted[one.pk] for one in people] == expected


def test_arrows_move_and_an_unknown_sign_is_refused_at_once(page: Page) -> None:
    keys = page.keyboard
    keys.type("x")
    said = page.locator("[data-said]").inner_text()
    assert said.startswith("Awa PERSONNE00, J1 matin : « x » ne se lit pas")
    assert page.evaluate("document.activeElement.value") == ""

    keys.type("1")
    keys.press("ArrowDown")
    assert page.evaluate(FOCUSED) == "Awa PERSONNE01, J1 après-midi"
    keys.press("ArrowUp")
    assert page.evaluate(FOCUSED) == "Awa PERSONNE00, J1 après-midi"


def test_short_code_goes_to_its_row_and_loses_nothing(page: Page) -> None:
    page.keyboard.type("1")
    one = Participation.objects.get(person__family_name="PERSONNE07")
    page.focus("#find-code")
    page.keyboard.type(short_code(one.pk).lower())
    page.keyboard.press("Enter")

    assert page.evaluate(FOCUSED) == "Awa PERSONNE07, J1 matin"
    assert page.get_by_label("Awa PERSONNE00, J1 matin").input_value() == "1"
