"""What a phone with JavaScript keeps of a test when the network goes."""

import pytest
from playwright.sync_api import BrowserContext, Route
from pytest_django.live_server_helper import LiveServer

from assessments.enums import Occasion
from assessments.models import Attempt, TestForm
from assessments.session_tests import close_test, open_test, plan_tests
from tests.browser.phone_steps import KEY, hand_in, open_copy, sign_in, tap, told
from tests.factories.assessments import make_form
from trainers.models import TrainingSession

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILL = """() => {
    let size = 1 << 22;
    for (let n = 0; size >= 1; n++) {
        try { localStorage.setItem('x' + n, 'x'.repeat(size)); } catch { size >>= 1; }
    }
}"""
KEPT = "Votre copie est gardée sur ce téléphone."


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
    results: list[str] = []

    def lose_the_first(route: Route) -> None:
        answer = route.fetch()
        results.append(answer.headers["location"])
        if len(results) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page = smartphone.new_page()
    sign_in(page, live_server)
    open_copy(page, live_server)
    for number in range(1, 11):
        tap(page, number)
    smartphone.route("**/tests/envoi/", lose_the_first)

    hand_in(page)

    page.wait_for_url("**/resultat/")
    attempt = Attempt.objects.get()
    assert results == [f"/tests/{attempt.uuid}/resultat/"] * 2
    assert (attempt.responses, attempt.correct) == (list(KEY), 10)


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


def test_a_server_that_does_not_answer_is_not_asked_without_end(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    """The phone believes that it has a network: each refusal must not call for the next try."""
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page = smartphone.new_page()
    sign_in(page, live_server)
    open_copy(page, live_server)
    smartphone.route("**/tests/envoi/", refuse)
    for number in range(1, 11):
        tap(page, number)
    hand_in(page)
    told(page, "kept")

    page.wait_for_timeout(2_000)

    assert 1 <= len(asked) <= 3
