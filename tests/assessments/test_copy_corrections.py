"""A typing mistake in a paper copy: mended with a reason, rescored, traced."""

import uuid

import pytest
from django.test import Client

from accounts.enums import Role
from assessments.attempts import CopyRefused, start_attempt, submit_attempt
from assessments.copy_corrections import correct_copy
from assessments.models import Attempt, CopyCorrection, TestForm
from assessments.session_tests import plan_tests
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import answers, make_copy, make_form
from tests.factories.trainers import attend, make_session
from trainers.models import Participation, TrainingSession
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-P")


@pytest.fixture
def form() -> TestForm:
    return make_form(key="A" * 10)


@pytest.fixture
def awa(session: TrainingSession) -> Participation:
    return attend(session, make_person("TRAORE", "Awa"), positions=(1, 2, 3, 4))


def correct(attempt: Attempt, form: TestForm, letters: str, **facts: object) -> CopyCorrection:
    facts = {"uuid": uuid.uuid4(), "reason": "Ligne décalée", "by": None, **facts}
    return correct_copy(attempt=attempt, form=form, responses=answers(letters), **facts)


def test_correction_keeps_what_was_there_and_moves_the_ladder(
    form: TestForm, awa: Participation
) -> None:
    attempt = make_copy(awa, form, "POST", "AAAAABBBBB")

    done = correct(attempt, form, "AAAAAAAABB", reason="  Ligne   décalée ")

    attempt.refresh_from_db()
    awa.refresh_from_db()
    assert (attempt.percent, attempt.responses) == (80.0, answers("AAAAAAAABB"))
    assert (awa.post_percent, awa.status) == (80.0, "CERTIFIED")
    assert (done.responses_before, done.percent_before) == (answers("AAAAABBBBB"), 50.0)
    assert (done.responses_after, done.percent_after) == (answers("AAAAAAAABB"), 80.0)
    assert done.reason == "Ligne décalée"


def test_correction_sent_twice_is_one(form: TestForm, awa: Participation) -> None:
    attempt, same = make_copy(awa, form, "POST", "AAAAABBBBB"), uuid.uuid4()

    first = correct(attempt, form, "AAAAAAAABB", uuid=same)
    again = correct(attempt, form, "AAAAAAAABB", uuid=same)

    assert (first, CopyCorrection.objects.count()) == (again, 1)


def test_correction_may_name_the_other_form(session: TrainingSession, awa: Participation) -> None:
    one, two = (make_form(f"f{n}", "AB"[n] * 10, parallel_group="paire") for n in (0, 1))
    attempt = make_copy(awa, one, "POST", "B" * 10)

    correct(attempt, two, "B" * 10)

    attempt.refresh_from_db()
    assert (attempt.form, attempt.percent) == (two, 100.0)


@pytest.mark.parametrize(
    ("letters", "reason", "sentence"),
    [
        ("AAAAAAAABB", " ", "Donnez le motif"),
        ("AAAAAAAABB", "x" * 201, "Donnez le motif"),
        ("AAAAABBBBB", "Rien", "porte déjà ces réponses"),
    ],
)
def test_correction_is_refused(
    form: TestForm, awa: Participation, letters: str, reason: str, sentence: str
) -> None:
    attempt = make_copy(awa, form, "POST", "AAAAABBBBB")

    with pytest.raises(CopyRefused, match=sentence):
        correct(attempt, form, letters, reason=reason)

    assert not CopyCorrection.objects.exists()
    assert Attempt.objects.get().percent == 50.0


def test_a_copy_answered_on_a_phone_is_never_corrected(form: TestForm, awa: Participation) -> None:
    attempt = start_attempt(uuid=uuid.uuid4(), participation=awa, occasion="POST", form=form)
    submit_attempt(attempt=attempt)

    with pytest.raises(CopyRefused, match="Seule une copie sur papier"):
        correct(attempt, form, "A" * 10)


def test_a_closed_session_corrects_nothing(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    attempt = make_copy(awa, form, "POST", "AAAAABBBBB")
    cancel_session(session=session, reason="Route coupée")

    with pytest.raises(CopyRefused, match="elle ne reçoit plus de copie"):
        correct(attempt, form, "A" * 10)


def test_staff_corrects_on_screen_and_reads_the_trace(
    client: Client, session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    plan_tests(session=session, pre=[form], post=[form])
    attempt = make_copy(awa, form, "POST", "AAAAABBBBB")
    user = make_user(Role.COMMITTEE)
    client.force_login(user)
    address = f"/sessions/SEG-P/copies/{attempt.uuid}/corriger/"
    assert 'value="AAAAABBBBB"' in client.get(address).content.decode()

    short = client.post(address, {"uuid": uuid.uuid4(), "line": "AAA", "reason": "Oubli"})
    done = client.post(
        address, {"uuid": uuid.uuid4(), "line": "aaaaa aaaab", "reason": "Oubli"}, follow=True
    )

    assert "3 réponses pour 10 questions" in short.content.decode()
    html = done.content.decode()
    assert "La copie est corrigée et notée de nouveau." in html
    assert "Corrigée" in html
    trace = client.get(address).content.decode()
    assert "de 50 à 90 points sur 100" in trace
    assert "<code>AAAAABBBBB</code> → <code>AAAAAAAAAB</code>" in trace
    assert CopyCorrection.objects.get().corrected_by == user


@pytest.mark.parametrize(("role", "status"), [(Role.TRAINER, 404), (Role.PARTNER, 403)])
def test_others_do_not_reach_the_correction(
    client: Client, form: TestForm, awa: Participation, role: str, status: int
) -> None:
    attempt = make_copy(awa, form, "POST", "AAAAABBBBB")
    client.force_login(make_user(role))

    response = client.get(f"/sessions/SEG-P/copies/{attempt.uuid}/corriger/")

    assert response.status_code == status
    assert "TRAORE" not in response.content.decode()
