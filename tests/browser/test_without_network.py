"""What a phone with JavaScript keeps when the network goes, and what it leaves to nobody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from assessments.enums import Occasion
from assessments.models import Attempt, TestForm
from assessments.session_tests import close_test, open_test, plan_tests
from tests.factories.accounts import PASSWORD, make_person, make_user
from tests.factories.assessments import make_form
from tests.factories.trainers import attend, make_session
from trainers.models import Participation, TrainingSession

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = "ABCDABCDAB"
KEPT = "Votre copie est gardée sur ce téléphone."


@pytest.fixture
def smartphone(browser: Browser) -> Iterator[BrowserContext]:
    """A 360 px phone whose browser runs scripts and may keep pages."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-900")


@pytest.fixture
def learner(session: TrainingSession) -> Person:
    person = make_person("DIARRA", "Awa", matricule="MAG-42")
    make_user(person=person)
    attend(session, person, positions=(1, 2, 3, 4))
    return person


@pytest.fixture
def form(session: TrainingSession, learner: Person) -> TestForm:
    form = make_form("seg-a", KEY, parallel_group="seg")
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion=Occasion.PRE)
    return form


def sign_in(page: Page, live_server: LiveServer, identifier: str = "MAG-42") -> None:
    """Sign in, and wait until the worker answers for the pages of this phone."""
    page.goto(f"{live_server.url}/mon-espace/")
    page.fill("input[name=login]", identifier)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/mon-espace/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wait_for_function("navigator.serviceWorker.controller")


def open_copy(page: Page, live_server: LiveServer) -> str:
    address = f"{live_server.url}/tests/copie/{Participation.objects.first().pk}/pre/"
    page.goto(address)
    page.wait_for_function("caches.match(location.pathname)")
    return address


def tap(page: Page, number: int) -> None:
    page.locator(f"#q{number} label:has(input[value='{KEY[number - 1]}'])").click()


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Rendre ma copie").click()


def bar(page: Page) -> str:
    return page.locator("[data-phone]").inner_text()


def forget_copies() -> None:
    Attempt.objects.all().delete()


def test_ten_answers_of_ten_arrive_wherever_the_network_is_cut(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    """The network goes after each number of taps, and the tab is killed: 11 tests in one."""
    page = smartphone.new_page()
    sign_in(page, live_server)
    for cut in range(11):
        address = open_copy(page, live_server)
        for number in range(1, cut + 1):
            tap(page, number)
        smartphone.set_offline(True)
        page.close()
        page = smartphone.new_page()
        page.goto(address)
        for number in range(1, cut + 1):
            assert page.locator(f"#q{number} input:checked").get_attribute("value") == (
                KEY[number - 1]
            )
        for number in range(cut + 1, 11):
            tap(page, number)
        hand_in(page)
        page.wait_for_function("document.querySelector('[data-say=kept]').offsetHeight")
        assert KEPT in bar(page)
        assert Attempt.objects.submitted().count() == 0

        smartphone.set_offline(False)

        page.wait_for_url("**/resultat/")
        attempt = Attempt.objects.get()
        assert (cut, attempt.responses) == (cut, list(KEY))
        assert (attempt.correct, attempt.percent) == (10, 100.0)
        assert page.evaluate("Object.keys(localStorage)") == ["who"]
        forget_copies()
