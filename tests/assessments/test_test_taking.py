"""Taking a test in a browser without JavaScript, and who may see its result."""

import re
import uuid

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from assessments.forms_freeze import withdraw_item
from assessments.models import Attempt, TestForm
from assessments.session_tests import close_test, open_test, plan_tests
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.assessments import make_copy, make_form
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.models import Participation, TrainingSession
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db

START = "/sessions/SEG-T/test/post/"


@pytest.fixture
def form() -> TestForm:
    return make_form(key="ABCDABCDABCD")


@pytest.fixture
def session(form: TestForm) -> TrainingSession:
    session = make_session("SEG-T")
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion="POST")
    return session


@pytest.fixture
def learner() -> User:
    return make_user(person=make_person("TRAORE", "Awa"))


@pytest.fixture
def participation(session: TrainingSession, learner: User) -> Participation:
    return attend(session, learner.person, positions=(1, 2, 3, 4))


@pytest.fixture
def browser(client: Client, learner: User, participation: Participation) -> Client:
    client.force_login(learner)
    return client


def start(browser: Client) -> Attempt:
    browser.post(START, {"uuid": uuid.uuid4()})
    return Attempt.objects.get()


def answer(browser: Client, attempt: Attempt, letters: str, *, first: int = 1) -> None:
    """Answer a page of five items."""
    page = (first - 1) // 5 + 1
    browser.post(
        f"/tests/{attempt.uuid}/{page}/",
        {f"q{position}": letter for position, letter in enumerate(letters, start=first)},
    )


def test_the_first_page_says_what_the_test_is(browser: Client) -> None:
    html = browser.get(START).content.decode()

    assert "12 questions, une seule réponse par question." in html
    assert "3 pages" in html
    assert Attempt.objects.count() == 0


def test_a_whole_test_is_taken_with_posts_alone(browser: Client) -> None:
    begun = browser.post(START, {"uuid": str(uuid.UUID(int=7))})
    address = f"/tests/{uuid.UUID(int=7)}"
    assert (begun.status_code, begun.url) == (302, f"{address}/1/")

    second = browser.post(f"{address}/1/", {f"q{n}": "ABCDA"[n - 1] for n in range(1, 6)})
    third = browser.post(f"{address}/2/", {f"q{n}": "BCDAB"[n - 6] for n in range(6, 11)})
    review = browser.post(f"{address}/3/", {"q11": "C", "q12": "A"})
    assert [second.url, third.url, review.url] == [
        f"{address}/2/", f"{address}/3/", f"{address}/relecture/",
    ]  # fmt: skip
    assert "Toutes les questions ont une réponse." in browser.get(review.url).content.decode()

    result = browser.post(review.url)

    assert result.url == f"{address}/resultat/"
    html = browser.get(result.url).content.decode()
    assert "11 bonnes réponses sur 12" in html
    assert "91,7 points sur 100" in html
    assert "Maîtrise atteinte" in html


def test_posting_the_start_twice_is_one_copy(browser: Client) -> None:
    same = {"uuid": str(uuid.UUID(int=7))}

    first, second = browser.post(START, same), browser.post(START, same)

    assert first.url == second.url
    assert Attempt.objects.count() == 1


def test_another_device_resumes_where_the_first_stopped(browser: Client) -> None:
    attempt = start(browser)
    answer(browser, attempt, "ABCDA")

    again = browser.post(START, {"uuid": str(uuid.uuid4())})

    assert again.url == f"/tests/{attempt.uuid}/2/"
    assert browser.get(START).url == f"/tests/{attempt.uuid}/2/"


def test_an_unreadable_uuid_starts_a_copy_all_the_same(browser: Client) -> None:
    assert browser.post(START, {"uuid": "n'importe quoi"}).status_code == 302
    assert Attempt.objects.count() == 1


def test_the_review_lists_what_is_left(browser: Client) -> None:
    attempt = start(browser)
    answer(browser, attempt, "AB")

    html = browser.get(f"/tests/{attempt.uuid}/relecture/").content.decode()

    assert "Vous avez répondu à 2 questions sur 12." in html
    assert f'href="/tests/{attempt.uuid}/1/#q3"' in html
    assert f'href="/tests/{attempt.uuid}/3/#q12"' in html


def test_going_back_keeps_what_was_just_answered(browser: Client) -> None:
    attempt = start(browser)

    back = browser.post(f"/tests/{attempt.uuid}/2/", {"q6": "C", "go": "previous"})

    assert back.url == f"/tests/{attempt.uuid}/1/"
    attempt.refresh_from_db()
    assert attempt.responses[5] == "C"


def test_handing_in_twice_gives_the_same_result(browser: Client) -> None:
    attempt = start(browser)
    review = f"/tests/{attempt.uuid}/relecture/"
    browser.post(review)
    attempt.refresh_from_db()
    submitted_at = attempt.submitted_at

    again = browser.post(review)

    attempt.refresh_from_db()
    assert again.url == f"/tests/{attempt.uuid}/resultat/"
    assert attempt.submitted_at == submitted_at
    assert browser.get(f"/tests/{attempt.uuid}/1/").url == again.url
    assert browser.get(START).url == again.url


def test_a_letter_that_is_no_choice_is_told_and_not_kept(browser: Client) -> None:
    attempt = start(browser)

    response = browser.post(f"/tests/{attempt.uuid}/1/", {"q1": "Z"}, follow=True)

    assert "Question 1 : « Z » n&#x27;est pas une lettre de A à D." in response.content.decode()
    attempt.refresh_from_db()
    assert attempt.responses[0] is None


def test_a_closed_test_sends_to_the_review(browser: Client, session: TrainingSession) -> None:
    attempt = start(browser)
    close_test(session=session, occasion="POST")

    response = browser.post(f"/tests/{attempt.uuid}/1/", {"q1": "A"})

    assert response.url == f"/tests/{attempt.uuid}/relecture/"
    assert [str(one) for one in get_messages(response.wsgi_request)] == [
        "Le test est fermé : rendez la copie avec les réponses déjà enregistrées."
    ]


def test_a_copy_refused_by_its_session_is_told(browser: Client, session: TrainingSession) -> None:
    attempt = start(browser)
    cancel_session(session=session, reason="Route coupée")

    response = browser.post(f"/tests/{attempt.uuid}/relecture/", follow=True)

    assert "est annulée : elle ne reçoit plus de copie." in response.content.decode()


def test_a_test_that_is_not_open_does_not_start(browser: Client) -> None:
    response = browser.post("/sessions/SEG-T/test/pre/", {"uuid": str(uuid.uuid4())})

    assert "Ce test n’est pas ouvert" in response.content.decode()
    assert Attempt.objects.count() == 0


def test_a_page_that_does_not_exist_is_not_found(browser: Client) -> None:
    attempt = start(browser)

    assert browser.get(f"/tests/{attempt.uuid}/0/").status_code == 404
    assert browser.get(f"/tests/{attempt.uuid}/4/").status_code == 404


def without_token(html: str) -> str:
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", html)


def test_no_page_before_submission_depends_on_the_key(
    browser: Client, session: TrainingSession, form: TestForm
) -> None:
    """The same pages, word for word, whatever the right answers are."""
    attempt = start(browser)
    addresses = [
        START,
        *(f"/tests/{attempt.uuid}/{page}/" for page in (1, 2, 3)),
        f"/tests/{attempt.uuid}/relecture/",
        "/mon-espace/",
    ]
    before = [without_token(browser.get(address).content.decode()) for address in addresses]
    for item in form.items.all():
        for choice in item.choices:
            choice["is_correct"] = not choice["is_correct"]
            choice["feedback"] = "Une autre explication"
        item.save(update_fields=["choices"])

    after = [without_token(browser.get(address).content.decode()) for address in addresses]

    assert before == after
    assert not any("Retour 1A" in html or "is_correct" in html for html in before)


def test_a_withdrawn_item_is_not_asked(browser: Client, form: TestForm) -> None:
    withdraw_item(item=form.items.get(position=2), reason="Ambiguë", by=None)
    attempt = start(browser)

    html = browser.get(f"/tests/{attempt.uuid}/1/").content.decode()

    assert "Énoncé 2" not in html
    assert "Énoncé 6" in html


def test_a_post_test_explains_each_item(browser: Client) -> None:
    attempt = start(browser)
    answer(browser, attempt, "AA")
    browser.post(f"/tests/{attempt.uuid}/relecture/")

    html = browser.get(f"/tests/{attempt.uuid}/resultat/").content.decode()

    assert "Retour 1A" in html
    assert "Retour 2A" in html
    assert "Réponse 2B" in html
    assert "Maîtrise pas encore atteinte" in html


def test_a_pre_test_shows_its_score_and_no_key(
    browser: Client, participation: Participation, form: TestForm
) -> None:
    copy = make_copy(participation, form, "PRE", "AAAAAAAAAAAA")

    html = browser.get(f"/tests/{copy.uuid}/resultat/").content.decode()

    assert "3 bonnes réponses sur 12" in html
    assert "Réponse 1A" not in html
    assert "Retour" not in html.replace("Retour à mon espace", "")


@pytest.mark.parametrize("page", ["1/", "relecture/", "resultat/"])
def test_somebody_else_finds_nothing(
    browser: Client, client: Client, session: TrainingSession, page: str
) -> None:
    attempt = start(browser)
    browser.post(f"/tests/{attempt.uuid}/relecture/") if page == "resultat/" else None
    stranger = make_user(person=attend(session).person)
    client.force_login(stranger)

    assert client.get(f"/tests/{attempt.uuid}/{page}").status_code == 404


def test_somebody_not_on_the_list_finds_no_test(client: Client, session: TrainingSession) -> None:
    client.force_login(make_user())

    assert client.get(START).status_code == 404
    assert client.post(START, {"uuid": str(uuid.uuid4())}).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Client, session: TrainingSession) -> None:
    response = client.get(START)

    assert response.status_code == 302
    assert response.url.startswith("/compte/")


def test_an_account_without_a_person_takes_no_test(
    client: Client, session: TrainingSession
) -> None:
    client.force_login(User.objects.create_user(username="sans-personne", password="x"))

    assert client.get(START).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("trainer of the session", 200),
        ("trainer of another session", 404),
        (Role.COMMITTEE, 200),
        (Role.FOCAL_POINT, 200),
        ("focal point of another region", 404),
        (Role.PARTNER, 404),
        (Role.EDITOR, 404),
        (Role.ADMINISTRATOR, 404),
    ],
)
def test_a_result_is_for_its_owner_and_the_staff_of_the_session(
    client: Client,
    session: TrainingSession,
    participation: Participation,
    form: TestForm,
    role: str,
    status: int,
) -> None:
    copy = make_copy(participation, form, "POST", "AAAAAAAAAAAA")
    client.force_login(staff_account(role, session))

    response = client.get(f"/tests/{copy.uuid}/resultat/")

    assert response.status_code == status
    assert ("Awa TRAORE" in response.content.decode()) is (status == 200)


def staff_account(role: str, session: TrainingSession) -> User:
    if role.startswith("trainer"):
        trainer = make_trainer()
        staff(session if role.endswith("the session") else make_session(), trainer)
        return make_user(Role.TRAINER, person=trainer.person)
    if role.startswith("focal point"):
        return make_user(Role.FOCAL_POINT, territory=make_region("gao", "Gao"))
    return make_user(role)


def test_a_copy_not_handed_in_is_nothing_to_the_staff(browser: Client, client: Client) -> None:
    attempt = start(browser)
    client.force_login(make_user(Role.COMMITTEE))

    assert client.get(f"/tests/{attempt.uuid}/resultat/").status_code == 404
    assert client.get(f"/tests/{attempt.uuid}/1/").status_code == 404


def test_no_page_of_a_test_is_kept_by_a_cache(browser: Client) -> None:
    attempt = start(browser)

    response = browser.get(f"/tests/{attempt.uuid}/1/")

    assert response.headers["Cache-Control"] == "private, no-store"


def test_pages_take_the_same_queries_whatever_the_items(
    browser: Client, django_assert_num_queries: object
) -> None:
    attempt = start(browser)
    browser.get(f"/tests/{attempt.uuid}/1/")
    for page in (1, 3):  # five items, then two
        with django_assert_num_queries(5):
            browser.get(f"/tests/{attempt.uuid}/{page}/")
