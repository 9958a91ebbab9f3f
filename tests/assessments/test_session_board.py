"""The staff's page of results: figures with their n, tests opened and closed, scope."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from assessments.models import SessionForm, TestForm
from assessments.results_board import plan_choices
from assessments.session_tests import open_test, plan_tests
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.assessments import make_copy, make_form, make_participation
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.enums import SessionRole
from trainers.models import TrainingSession
from trainers.participation.records import enrol
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db

KEY = "A" * 10
PAGE = "/sessions/SEG-R/resultats/"


def copy_of(right: int) -> str:
    return "A" * right + "B" * (10 - right)


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-R")


@pytest.fixture
def form() -> TestForm:
    return make_form("form-a", KEY)


@pytest.fixture
def trainer(session: TrainingSession) -> User:
    trainer = make_trainer()
    staff(session, trainer)
    return make_user(Role.TRAINER, person=trainer.person)


@pytest.fixture
def browser(client: Client, trainer: User) -> Client:
    client.force_login(trainer)
    return client


def page(browser: Client, query: str = "") -> str:
    response = browser.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def fill(session: TrainingSession, form: TestForm, pairs: int) -> None:
    for rank in range(pairs):
        participation = make_participation(session, given_name=f"Awa{rank}")
        make_copy(participation, form, "PRE", copy_of(3 + rank % 3))
        make_copy(participation, form, "POST", copy_of(7 + rank % 2))


def test_an_empty_session_says_what_to_do(browser: Client) -> None:
    html = page(browser)

    assert "Aucun formulaire de test n’est figé pour ce curriculum" in html
    assert "Personne n’est encore inscrit à cette session" in html
    assert "Aucune copie n’est encore rendue" in html


def test_a_gain_is_drawn_with_its_interval_and_its_n(
    browser: Client, session: TrainingSession, form: TestForm
) -> None:
    fill(session, form, 12)

    html = page(browser)

    # pre: 3, 4, 5 of 10 four times; post: 7, 8 six times
    assert "Avant : 40 points" in html
    assert "Après : 75 points" in html
    assert "Gain moyen de 35 points sur 100" in html
    assert "n = 12 paires" in html
    assert "Gain établi" in html
    assert "100 % (n = 12 paires)" in html


def test_too_few_pairs_are_inconclusive_in_words(
    browser: Client, session: TrainingSession, form: TestForm
) -> None:
    fill(session, form, 3)

    html = page(browser)

    assert "Non concluant" in html
    assert "3 paires pour 10 au moins" in html


def test_items_to_debrief_come_hardest_first_and_fragile(
    browser: Client, session: TrainingSession, form: TestForm
) -> None:
    for right in (2, 8):
        make_copy(make_participation(session), form, "POST", copy_of(right))

    html = page(browser)

    assert "n = 2 copies" in html
    assert "2 copies : l&#x27;analyse se montre à partir de 30." in html
    assert "Discr." not in html
    assert html.index("Énoncé 9") < html.index("Énoncé 3") < html.index("Énoncé 1\n")


def test_the_items_of_another_test_are_one_link_away(
    browser: Client, session: TrainingSession, form: TestForm
) -> None:
    fill(session, form, 2)

    assert 'href="?items=pre-form-a#items"' in page(browser)
    assert "A\N{NO-BREAK SPACE}2" in page(browser, "?items=pre-form-a")
    assert page(browser, "?items=inconnu")


def test_scores_of_each_person_are_shown_to_the_staff(
    browser: Client, session: TrainingSession, form: TestForm
) -> None:
    participation = enrol(session=session, person=make_person("TRAORE", "Awa"))
    make_copy(participation, form, "PRE", copy_of(5))
    make_copy(participation, form, "POST", copy_of(3))

    html = page(browser)

    assert "Awa TRAORE" in html
    assert "−20" in html


def test_a_plan_is_chosen_then_a_test_opened_and_closed(
    browser: Client, session: TrainingSession
) -> None:
    forms = [make_form(code, parallel_group="paire") for code in ("form-a", "form-b")]
    both = ",".join(str(form.pk) for form in forms)

    browser.post(f"{PAGE}tests/", {"plan": f"{both}|{both}"})
    assert SessionForm.objects.count() == 4
    browser.post(f"{PAGE}tests/pre/", {"do": "open"})
    assert "Fermer le test" in page(browser)
    browser.post(f"{PAGE}tests/pre/", {"do": "close"})

    html = page(browser)
    assert "Fermer le test" not in html
    assert "Fermé" in html


def test_a_plan_off_the_list_is_refused(browser: Client, session: TrainingSession) -> None:
    one, other = make_form("form-a"), make_form("form-z")

    response = browser.post(f"{PAGE}tests/", {"plan": f"{one.pk}|{other.pk}"})

    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Choisissez un formulaire de la liste."
    ]
    assert SessionForm.objects.count() == 0


def test_a_test_without_plan_does_not_open(browser: Client, session: TrainingSession) -> None:
    response = browser.post(f"{PAGE}tests/post/", {"do": "open"})

    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Choisissez d'abord le formulaire de ce test."
    ]


def test_plan_choices_put_counterbalanced_pairs_first() -> None:
    a, b = (make_form(code, parallel_group="paire") for code in ("form-a", "form-b"))
    both = f"{a.pk},{b.pk}"

    assert plan_choices([a, b]) == [
        (
            f"{both}|{both}",
            "form-a et form-b en alternance : chaque moitié du groupe change de formulaire",
        ),
        (f"{a.pk}|{b.pk}", "form-a avant, form-b après"),
        (f"{b.pk}|{a.pk}", "form-b avant, form-a après"),
        (f"{a.pk}|{a.pk}", "form-a avant et après"),
        (f"{b.pk}|{b.pk}", "form-b avant et après"),
    ]


def test_an_observer_looks_and_changes_nothing(
    client: Client, session: TrainingSession, form: TestForm
) -> None:
    observer = make_trainer()
    staff(session, observer, SessionRole.OBSERVER)
    client.force_login(make_user(Role.TRAINER, person=observer.person))
    plan_tests(session=session, pre=[form], post=[form])

    html = page(client)

    assert "Ouvrir le test" not in html
    assert client.post(f"{PAGE}tests/pre/", {"do": "open"}).status_code == 403
    assert client.get("/sessions/SEG-R/copies/pre/").status_code == 403


def test_a_cancelled_session_is_read_only(
    browser: Client, session: TrainingSession, form: TestForm
) -> None:
    plan_tests(session=session, pre=[form], post=[form])
    cancel_session(session=session, reason="Route coupée")

    assert "Ouvrir le test" not in page(browser)
    assert browser.post(f"{PAGE}tests/pre/", {"do": "open"}).status_code == 403


STAFF_ADDRESSES = [
    PAGE,
    f"{PAGE}import/",
    "/sessions/SEG-R/copies/pre/",
    "/sessions/SEG-R/copies/post/",
]


@pytest.mark.parametrize("address", STAFF_ADDRESSES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COMMITTEE, 200),
        (Role.FOCAL_POINT, 200),
        ("stranger trainer", 404),
        ("stranger focal point", 404),
        ("participant", 403),
        (Role.PARTNER, 403),
        (Role.EDITOR, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_results_are_for_the_staff_of_the_session(
    client: Client, session: TrainingSession, form: TestForm, address: str, role: str, status: int
) -> None:
    person = make_person("SECRET", "Awa")
    make_copy(attend(session, person), form, "POST", copy_of(4))
    plan_tests(session=session, pre=[form], post=[form])
    client.force_login(account(role, session))

    response = client.get(address)

    assert response.status_code == status
    if status != 200:
        assert "SECRET" not in response.content.decode()


def account(role: str, session: TrainingSession) -> User:
    if role == "stranger trainer":
        trainer = make_trainer()
        staff(make_session(), trainer)
        return make_user(Role.TRAINER, person=trainer.person)
    if role == "stranger focal point":
        return make_user(Role.FOCAL_POINT, territory=make_region("gao", "Gao"))
    if role == "participant":
        return make_user(person=make_participation(session).person)
    return make_user(role)


def test_a_visitor_is_asked_to_sign_in(client: Client, session: TrainingSession) -> None:
    for address in STAFF_ADDRESSES:
        assert client.get(address).url.startswith("/compte/")


def test_results_take_the_same_queries_whatever_the_people(
    browser: Client, session: TrainingSession, form: TestForm, django_assert_num_queries: object
) -> None:
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion="PRE")
    for size in (1, 2):  # one person, then three
        fill(session, form, size)
        page(browser)
        with django_assert_num_queries(18):
            page(browser)
