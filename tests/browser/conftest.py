"""The phones of the tests that open pages in a browser, and a learner whose pre-test is open."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from accounts.models import Person
from assessments.enums import Occasion
from assessments.models import TestForm
from assessments.session_tests import open_test, plan_tests
from tests.browser.phone_steps import KEY
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_form
from tests.factories.trainers import attend, make_session
from trainers.models import TrainingSession


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A 360 px phone whose browser runs no JavaScript."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="fr-FR"
    )
    yield context
    context.close()


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
    """The form of the pre-test, open now; the learner is in the room."""
    form = make_form("seg-a", KEY, parallel_group="seg")
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion=Occasion.PRE)
    return form
