"""What people do on a 360 px phone without JavaScript: take a test, call the roll."""

import uuid

import pytest
from playwright.sync_api import BrowserContext, Error, Page
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from accounts.models import Person
from assessments.enums import Occasion
from assessments.models import Attempt, TestForm
from assessments.session_tests import open_test, plan_tests
from tests.browser.phone_steps import KEY
from tests.factories.accounts import PASSWORD, make_person, make_user
from tests.factories.assessments import make_form
from tests.factories.trainers import make_trainer, staff
from trainers.models import AttendanceMark, TrainingSession
from trainers.participation.records import enrol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(session: TrainingSession, learner: Person) -> TestForm:
    """The post-test, open now."""
    form = make_form("seg-a", KEY)
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion=Occasion.POST)
    return form


def sign_in(page: Page, live_server: LiveServer, identifier: str, then: str) -> None:
    page.goto(f"{live_server.url}{then}")
    page.fill("input[name=login]", identifier)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button[type=submit]").last.click()


def answer_page(page: Page, key: str, first: int) -> int:
    """Tick the right choice of each item of the page; the number of the item after it."""
    items = page.locator("main fieldset")
    for rank in range(items.count()):
        letter = key[first + rank]
        items.nth(rank).locator(f"label:has(input[value='{letter}'])").click()
    return first + items.count()


def fits(page: Page) -> bool:
    """Nothing sticks out on the right of a 360 px screen (read without JavaScript)."""
    return page.locator("main").bounding_box()["width"] <= 360


def test_learner_takes_a_whole_test_without_javascript(
    phone: BrowserContext, live_server: LiveServer, session: TrainingSession, form: TestForm
) -> None:
    page = phone.new_page()
    sign_in(page, live_server, "MAG-42", "/mon-espace/")
    page.goto(f"{live_server.url}/sessions/{session.code}/test/post/")
    page.get_by_role("button", name="Commencer le test").click()
    done = 0
    while page.locator("main fieldset").count():
        assert fits(page)
        done = answer_page(page, KEY, done)
        page.locator("button[value=next]").click()

    page.locator("main form button[type=submit]").first.click()

    attempt = Attempt.objects.get()
    assert (done, attempt.correct, attempt.percent) == (10, 10, 100.0)
    assert attempt.responses == list(KEY)
    assert "100" in page.locator("main").inner_text()


def test_answers_of_finished_pages_outlive_a_cut_of_the_network(
    phone: BrowserContext, live_server: LiveServer, session: TrainingSession, form: TestForm
) -> None:
    page = phone.new_page()
    sign_in(page, live_server, "MAG-42", "/mon-espace/")
    page.goto(f"{live_server.url}/sessions/{session.code}/test/post/")
    page.get_by_role("button", name="Commencer le test").click()
    answered = answer_page(page, KEY, 0)
    page.locator("button[value=next]").click()
    page.wait_for_load_state()
    phone.set_offline(True)
    with pytest.raises(Error):
        page.goto(f"{live_server.url}/mon-espace/")
    phone.set_offline(False)

    page.goto(f"{live_server.url}/sessions/{session.code}/test/post/")

    saved = Attempt.objects.get().responses
    assert saved[:answered] == list(KEY[:answered])
    assert page.locator("main fieldset").count() + answered <= len(KEY)


def test_trainer_calls_the_roll_without_javascript(
    phone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    people = [make_person(f"NOM{rank}", "Ali") for rank in range(3)]
    for person in people:
        enrol(session=session, person=person)
    trainer = make_person("COULIBALY", "Sira", matricule="FORM-1")
    make_user(Role.TRAINER, person=trainer)
    staff(session, make_trainer(trainer))
    page = phone.new_page()
    sign_in(page, live_server, "FORM-1", f"/sessions/{session.code}/")

    for choice in page.locator("label:has(input[value=present])").all():
        choice.click()
    page.locator("main form:has(input[type=radio]) button[type=submit]").first.click()
    page.wait_for_load_state()

    assert AttendanceMark.objects.filter(is_present=True).count() == 3
    assert fits(page)


def test_two_submissions_of_one_copy_count_once(
    phone: BrowserContext, live_server: LiveServer, session: TrainingSession, form: TestForm
) -> None:
    """The same copy opened in two tabs and handed in from both."""
    first, second = phone.new_page(), phone.new_page()
    sign_in(first, live_server, "MAG-42", "/mon-espace/")
    for page in (first, second):
        page.goto(f"{live_server.url}/sessions/{session.code}/test/post/")
        start = page.get_by_role("button", name="Commencer le test")
        if start.count():
            start.click()
    attempt = Attempt.objects.get()
    for page in (first, second):
        page.goto(f"{live_server.url}/tests/{attempt.uuid}/relecture/")
    for page in (first, second):
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()

    attempt.refresh_from_db()
    assert Attempt.objects.count() == 1
    assert attempt.submitted_at is not None
    assert isinstance(attempt.uuid, uuid.UUID)
    assert first.url == second.url
