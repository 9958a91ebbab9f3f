"""A course on the phone, in flight mode: its lessons, pictures, checks and tests."""

import io

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Pillow
from playwright.sync_api import BrowserContext, Page, Route
from pytest_django.live_server_helper import LiveServer
from wagtail.images.models import Image

from accounts.models import Person
from assessments.enums import Occasion
from assessments.models import Attempt
from assessments.session_tests import open_test, plan_tests
from courses.models import CheckAnswer, CurriculumPage, LessonCompletion, LessonPage
from tests.browser.phone_steps import KEY, hand_in, sign_in, tap, told
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_form
from tests.factories.courses import lessons_of, publish_curriculum
from tests.factories.trainers import attend, make_session
from trainers.models import Participation

ALL_IS_SENT = """async () => {
    while (Object.keys(localStorage).some((key) => key.includes('/f/'))) {
        await new Promise((next) => setTimeout(next, 50));
    }
}"""
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def learner() -> Person:
    person = make_person("DIARRA", "Awa", matricule="MAG-42")
    make_user(person=person)
    return person


@pytest.fixture
def curriculum(learner: Person) -> CurriculumPage:
    """Four lessons; the first one has a picture and a check; a pre-test is open."""
    curriculum = publish_curriculum("reperer")
    picture(lessons_of(curriculum)[0])
    session = make_session("SEG-900", curriculum=curriculum)
    attend(session, learner, positions=(1,))
    form = make_form("seg-a", KEY, parallel_group="seg")
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion=Occasion.PRE)
    return curriculum


def picture(lesson: LessonPage) -> None:
    """Put a picture and a check in a lesson."""
    drawn = io.BytesIO()
    Pillow.new("RGB", (900, 600), "#0b4a36").save(drawn, "PNG")
    image = Image.objects.create(title="Schéma", file=ImageFile(drawn, name="schema.png"))
    choices = [
        {"text": "Oui.", "is_correct": True, "feedback": "La définition le dit."},
        {"text": "Non.", "is_correct": False, "feedback": "Relisez la définition."},
    ]
    lesson.body = [
        ("image", {"image": image, "alt": "Un schéma", "caption": ""}),
        ("check", {"question": "Est-ce un acte ?", "choices": choices}),
    ]
    lesson.save_revision().publish()


def take_along(page: Page, address: str) -> str:
    """Take the course; what was said of its size before."""
    page.goto(address)
    page.get_by_role("button", name="Emporter ce cours").click()
    size = page.locator("[data-pack] p:has([data-size])")
    size.wait_for(state="visible")
    words = size.inner_text()
    page.get_by_role("button", name="Télécharger").click()
    page.get_by_text("Ce cours est sur ce téléphone.").wait_for(state="visible")
    return words


def test_a_lesson_says_which_check_it_waits_for_and_then_goes_on(
    smartphone: BrowserContext, live_server: LiveServer, curriculum: CurriculumPage
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    lesson, after = lessons_of(curriculum)[:2]
    page.goto(f"{live_server.url}{lesson.get_url()}")
    waiting = page.get_by_text("1 question attend encore votre réponse")
    assert waiting.is_visible()

    page.get_by_role("button", name="J'ai lu cette leçon").click()
    page.get_by_text("Répondez d'abord à la question").wait_for(state="visible")
    assert page.evaluate("scrollY") < 100

    check = page.locator("[data-check]")
    check.get_by_text("Non.").click()
    check.get_by_role("button", name="Vérifier").click()
    check.get_by_text("Relisez la définition.").wait_for(state="visible")
    waiting.wait_for(state="detached")
    page.get_by_role("button", name="J'ai lu cette leçon").click()
    page.wait_for_url(f"{live_server.url}{after.get_url()}")
    assert [one.lesson for one in LessonCompletion.objects.all()] == [lesson]


def test_a_course_is_read_answered_and_tested_in_flight_mode(
    smartphone: BrowserContext, live_server: LiveServer, curriculum: CurriculumPage
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    address = f"{live_server.url}{curriculum.get_url()}"
    assert take_along(page, address) == "À télécharger : environ 0,1 Mo"
    smartphone.set_offline(True)
    page.close()
    page = smartphone.new_page()

    page.goto(f"{live_server.url}/mon-espace/")
    assert "Pas de réseau" in page.locator("h1").inner_text()
    assert page.locator("main [data-pack] a").all_inner_texts() == [
        "Formation reperer",
        "Pré-test · Formation reperer",
    ]
    page.get_by_role("link", name="Formation reperer", exact=True).click()
    page.get_by_role("link", name="Leçon a").first.click()
    assert page.locator("h1").inner_text() == "Leçon a"
    page.locator("main picture img").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert page.locator("main picture img").evaluate("image => image.naturalWidth") == 720

    check = page.locator("[data-check]")
    check.get_by_text("Oui.").click()
    check.get_by_role("button", name="Vérifier").click()
    check.get_by_text("La définition le dit.").wait_for(state="visible")
    page.get_by_role("button", name="J'ai lu cette leçon").click()
    page.get_by_role("button", name="J'ai lu cette leçon").click()
    page.locator("[data-say=unsent]", has_text="à envoyer : 3").wait_for(state="visible")
    page.goto(
        f"{live_server.url}/tests/copie/{Participation.objects.get(session__isnull=False).pk}/pre/"
    )
    for number in range(1, 11):
        tap(page, number)
    hand_in(page)
    told(page, "kept")
    assert (Attempt.objects.count(), LessonCompletion.objects.count()) == (0, 0)

    smartphone.set_offline(False)

    page.wait_for_url("**/resultat/")
    page.evaluate(ALL_IS_SENT)
    assert Attempt.objects.get().correct == 10
    assert not page.locator("[data-phone]").is_visible()
    lesson = lessons_of(curriculum)[0]
    assert [(one.lesson, one.choice) for one in CheckAnswer.objects.all()] == [(lesson, 0)]
    assert [one.lesson for one in LessonCompletion.objects.all()] == [lesson]


def test_a_course_removed_from_the_phone_is_no_longer_there(
    smartphone: BrowserContext, live_server: LiveServer, curriculum: CurriculumPage
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    address = f"{live_server.url}{curriculum.get_url()}"
    take_along(page, address)
    assert len(page.evaluate("caches.keys()")) == 2

    page.get_by_role("button", name="Retirer de ce téléphone").click()

    page.get_by_role("button", name="Emporter ce cours").wait_for(state="visible")
    assert len(page.evaluate("caches.keys()")) == 1
    smartphone.set_offline(True)
    page.goto(address)
    assert "Pas de réseau" in page.locator("h1").inner_text()
    assert page.locator("main [data-pack] a").count() == 0


def test_a_network_that_does_not_answer_gives_way_to_the_phone(
    smartphone: BrowserContext, live_server: LiveServer, curriculum: CurriculumPage
) -> None:
    """Not cut, only mute: the request never ends, the page taken along opens all the same."""
    page = smartphone.new_page()
    sign_in(page, live_server)
    address = f"{live_server.url}{curriculum.get_url()}"
    take_along(page, address)
    unanswered: list[Route] = []

    def leave_unanswered(route: Route) -> None:
        unanswered.append(route)

    smartphone.route(address, leave_unanswered)

    page.goto(address)

    assert page.locator("h1").inner_text() == "Formation reperer"
    assert len(unanswered) == 1
    unanswered[0].abort()


def test_a_lesson_done_with_the_network_goes_on_to_the_next(
    smartphone: BrowserContext, live_server: LiveServer, curriculum: CurriculumPage
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    second = lessons_of(curriculum)[1]
    page.goto(f"{live_server.url}{second.get_url()}")

    page.get_by_role("button", name="J'ai lu cette leçon").click()

    page.get_by_text("est notée comme lue").wait_for(state="visible")
    assert page.locator("h1").inner_text() == "Leçon c"
    assert LessonCompletion.objects.get().lesson == second


def test_the_site_can_be_installed(
    smartphone: BrowserContext, live_server: LiveServer, curriculum: CurriculumPage
) -> None:
    """Chromium finds nothing missing in the manifest, its icons or the worker."""
    page = smartphone.new_page()
    sign_in(page, live_server)
    devtools = smartphone.new_cdp_session(page)

    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    manifest = devtools.send("Page.getAppManifest")

    # A private window, like the one of this test, installs nothing: that is its only complaint.
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []
    assert (manifest["url"], manifest["errors"]) == (f"{live_server.url}/manifest.webmanifest", [])
