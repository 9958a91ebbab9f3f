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
WORKER_ANSWERS = """async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((next) => setTimeout(next, 50));
}"""
PAGE_IS_KEPT = """async () => {
    while (!await caches.match(location.pathname)) {
        await new Promise((next) => setTimeout(next, 50));
    }
}"""
FILL = """() => {
    let size = 1 << 22;
    for (let n = 0; size >= 1; n++) {
        try { localStorage.setItem('x' + n, 'x'.repeat(size)); } catch { size >>= 1; }
    }
}"""
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
    page.evaluate(WORKER_ANSWERS)


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
            assert (
                page.locator(f"#q{number} input:checked").get_attribute("value")
                == (KEY[number - 1])
            )
        for number in range(cut + 1, 11):
            tap(page, number)
        hand_in(page)
        assert KEPT in told(page, "kept")
        assert Attempt.objects.submitted().count() == 0

        smartphone.set_offline(False)

        page.wait_for_url("**/resultat/")
        attempt = Attempt.objects.get()
        assert (cut, attempt.responses) == (cut, list(KEY))
        assert (attempt.correct, attempt.percent) == (10, 100.0)
        assert page.evaluate("Object.keys(localStorage)") == ["who"]
        forget_copies()


def test_an_answer_of_the_server_lost_on_the_way_is_one_copy(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    """The server scores the copy, the phone never hears of it, and sends it again by itself."""
    scored: list[Attempt] = []

    def lose_the_first(route: Route) -> None:
        if scored:
            return route.continue_()
        route.fetch()
        scored.append(Attempt.objects.get())
        return route.abort()

    page = smartphone.new_page()
    sign_in(page, live_server)
    open_copy(page, live_server)
    for number in range(1, 11):
        tap(page, number)
    smartphone.route("**/tests/envoi/", lose_the_first)

    hand_in(page)

    page.wait_for_url("**/resultat/")
    first, again = scored[0], Attempt.objects.get()
    assert first.submitted_at is not None
    assert (again.uuid, again.submitted_at, again.correct) == (first.uuid, first.submitted_at, 10)


def test_a_pre_test_started_offline_keeps_its_form_even_after_the_closing(
    smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession, form: TestForm
) -> None:
    other = make_form("seg-b", "DDDDDDDDDD", parallel_group="seg")
    page = smartphone.new_page()
    sign_in(page, live_server)
    address = open_copy(page, live_server)
    smartphone.set_offline(True)
    tap(page, 1)
    page.close()
    plan_tests(session=session, pre=[other, form], post=[form])
    open_test(session=session, occasion=Occasion.PRE)
    smartphone.set_offline(False)
    smartphone.route("**/tests/envoi/", lambda route: route.abort())

    page = smartphone.new_page()
    page.goto(address)
    page.wait_for_url("**/?form=seg-a")
    close_test(session=session, occasion=Occasion.PRE)
    for number in range(2, 11):
        tap(page, number)
    smartphone.unroute("**/tests/envoi/")
    hand_in(page)

    page.wait_for_url("**/resultat/")
    attempt = Attempt.objects.get()
    assert (attempt.form, attempt.correct) == (form, 10)


def test_what_the_server_refuses_stays_on_the_phone_with_a_sentence(
    smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession, form: TestForm
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    address = open_copy(page, live_server)
    close_test(session=session, occasion=Occasion.PRE)
    for number in range(1, 11):
        tap(page, number)

    hand_in(page)

    assert "fermé avant votre première réponse" in told(page, "refused")
    assert Attempt.objects.count() == 0
    smartphone.set_offline(True)
    page.goto(address)
    assert page.locator("main input:checked").count() == 10


def test_a_copy_with_questions_left_is_handed_in_at_the_second_touch(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    open_copy(page, live_server)
    tap(page, 1)

    hand_in(page)

    assert "Questions sans réponse : 9." in page.locator("[data-left]").inner_text()
    assert Attempt.objects.submitted().count() == 0
    hand_in(page)
    page.wait_for_url("**/resultat/")
    assert Attempt.objects.get().correct == 1


def test_two_tabs_of_one_copy_are_one_copy(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    first, second = smartphone.new_page(), smartphone.new_page()
    sign_in(first, live_server)
    open_copy(first, live_server)
    open_copy(second, live_server)
    smartphone.set_offline(True)
    for number in range(1, 11):
        tap(first if number % 2 else second, number)
    second.locator("main input:checked").nth(9).wait_for(state="attached")

    smartphone.set_offline(False)
    hand_in(second)

    second.wait_for_url("**/resultat/")
    attempt = Attempt.objects.get()
    assert (attempt.responses, attempt.correct) == (list(KEY), 10)


def test_a_full_phone_says_so_and_still_sends(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    open_copy(page, live_server)
    page.evaluate(FILL)

    tap(page, 1)

    assert "La mémoire de ce téléphone est pleine" in told(page, "full")
    for number in range(2, 11):
        tap(page, number)
    hand_in(page)
    page.wait_for_url("**/resultat/")
    assert Attempt.objects.get().correct == 10


def held(page: Page) -> dict[str, object]:
    """Everything that this browser holds of the site."""
    return page.evaluate("""async () => ({
        caches: await caches.keys(),
        localStorage: Object.keys(localStorage),
        databases: await indexedDB.databases(),
    })""")


def test_signing_out_warns_of_unsent_answers_then_leaves_nothing(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    open_copy(page, live_server)
    smartphone.route("**/tests/envoi/", lambda route: route.abort())
    tap(page, 1)
    tap(page, 2)
    page.goto(f"{live_server.url}/compte/deconnexion/")
    warning = page.locator("[data-sign-out] fieldset")
    assert "pas encore envoyées : 2." in warning.inner_text()
    leave = page.locator("[data-sign-out]").get_by_role("button", name="Se déconnecter")
    leave.click()
    assert page.url.endswith("/compte/deconnexion/")  # the box is not ticked: nothing is lost yet

    warning.get_by_text("Perdre ces réponses et me déconnecter").click()
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        leave.click()
    page.wait_for_url(f"{live_server.url}/")

    assert answer.value.all_headers()["clear-site-data"] == '"cache", "storage"'
    assert held(page) == {"caches": [], "localStorage": [], "databases": []}
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )
    assert Attempt.objects.count() == 0


def test_answers_kept_can_be_sent_from_the_page_that_signs_out(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    open_copy(page, live_server)
    smartphone.route("**/tests/envoi/", lambda route: route.abort())
    tap(page, 1)
    page.goto(f"{live_server.url}/compte/deconnexion/")
    smartphone.unroute("**/tests/envoi/")

    page.get_by_role("button", name="Envoyer maintenant").click()

    page.locator("[data-sign-out] fieldset").wait_for(state="hidden")
    assert Attempt.objects.get().responses == ["A", *[None] * 9]


def test_a_second_person_finds_nothing_and_sends_nothing_of_the_first(
    smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession, form: TestForm
) -> None:
    """The first one did not sign out; her answers wait for her, and for nobody else."""
    other = make_person("KONE", "Bakary", matricule="MAG-43")
    make_user(person=other)
    attend(session, other, positions=(1,))
    page = smartphone.new_page()
    sign_in(page, live_server)
    address = open_copy(page, live_server)
    smartphone.route("**/tests/envoi/", lambda route: route.abort())
    tap(page, 1)
    smartphone.clear_cookies()
    page.goto(f"{live_server.url}/compte/connexion/")
    assert "pour envoyer 1 réponse." in told(page, "login")
    smartphone.unroute("**/tests/envoi/")

    sign_in(page, live_server, "MAG-43")

    assert not page.locator("[data-phone]").is_visible()
    assert not [name for name in held(page)["caches"] if name.startswith("p")]
    smartphone.set_offline(True)
    page.goto(address)
    assert "Pas de réseau" in page.locator("h1").inner_text()
    assert "SEG" not in page.locator("main").inner_text()
    smartphone.set_offline(False)
    assert Attempt.objects.count() == 0
    smartphone.clear_cookies()
    with page.expect_response("**/tests/envoi/"):
        sign_in(page, live_server)
    assert Attempt.objects.get().participation.person == Person.objects.get(matricule="MAG-42")


def test_an_open_tab_of_the_first_person_sends_nothing_as_the_second(
    smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession, form: TestForm
) -> None:
    other = make_person("KONE", "Bakary", matricule="MAG-43")
    make_user(person=other)
    attend(session, other, positions=(1,))
    first = smartphone.new_page()
    sign_in(first, live_server)
    open_copy(first, live_server)
    smartphone.clear_cookies()
    second = smartphone.new_page()
    sign_in(second, live_server, "MAG-43")

    for number in range(1, 11):
        tap(first, number)
    with first.expect_response("**/tests/envoi/") as answer:
        hand_in(first)

    assert answer.value.status == 409
    assert "pour envoyer 10 réponses." in told(first, "login")
    assert Attempt.objects.count() == 0
