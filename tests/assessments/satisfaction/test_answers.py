"""The anonymous form: opened once, answered once for each UUID, typed from slips."""

import datetime
import uuid

import pytest
from django.test import Client

from accounts.enums import Role
from assessments.models import SatisfactionAnswer, SatisfactionForm
from assessments.satisfaction.answers import (
    SatisfactionRefused,
    open_satisfaction,
    read_slip,
    record_answer,
    satisfaction_of,
)
from assessments.satisfaction.sheets import poster_pdf, slips_pdf
from tests.factories.accounts import make_user
from tests.factories.assessments import make_participation
from tests.factories.trainers import make_session
from trainers.models import TrainingSession
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db

MARKS = {"usefulness": 5, "clarity": 4, "pace": 3, "organisation": 2}
TODAY = datetime.date(2025, 5, 14)
LATE = datetime.date(2025, 5, 30)


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-S", ends_on=datetime.date(2025, 5, 13))


@pytest.fixture
def form(session: TrainingSession) -> SatisfactionForm:
    return open_satisfaction(session=session)


def answer(form: SatisfactionForm, **facts: object) -> SatisfactionAnswer:
    facts = {"uuid": uuid.uuid4(), "marks": MARKS, "today": TODAY, **facts}
    return record_answer(form=form, **facts)  # type: ignore[arg-type]


def test_form_opens_once_until_two_weeks_after_the_session(session: TrainingSession) -> None:
    first, again = open_satisfaction(session=session), open_satisfaction(session=session)

    assert first == again
    assert first.closes_on == session.ends_on + datetime.timedelta(days=14)
    assert len(first.token) == 12


def test_a_cancelled_session_asks_nothing(session: TrainingSession) -> None:
    cancel_session(session=session, reason="Route coupée")

    with pytest.raises(SatisfactionRefused, match="annulée"):
        open_satisfaction(session=session)


def test_an_answer_sent_twice_counts_once_and_says_nothing_of_its_writer(
    form: SatisfactionForm,
) -> None:
    same = uuid.uuid4()

    assert answer(form, uuid=same) == answer(form, uuid=same, comment="Autre")

    fields = {field.name for field in SatisfactionAnswer._meta.get_fields()}
    assert fields == {
        "id", "uuid", "session", "usefulness", "clarity", "pace", "organisation", "comment",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"today": LATE}, "fermé"),
        ({"marks": {**MARKS, "pace": 6}}, "de 1 à 5"),
        ({"marks": {"pace": 5}}, "de 1 à 5"),
    ],
)
def test_an_answer_is_refused(
    form: SatisfactionForm, facts: dict[str, object], sentence: str
) -> None:
    with pytest.raises(SatisfactionRefused, match=sentence):
        answer(form, **facts)

    assert not SatisfactionAnswer.objects.exists()


def test_a_slip_on_paper_is_typed_after_the_form_has_closed(form: SatisfactionForm) -> None:
    assert answer(form, today=LATE, is_on_paper=True).pk


@pytest.mark.parametrize(
    ("line", "marks", "comment"),
    [
        ("5432", MARKS, ""),
        ("5 4 3 2 Trop court", MARKS, "Trop court"),
        ("5432 3 jours seraient mieux", MARKS, "3 jours seraient mieux"),
    ],
)
def test_a_slip_is_four_marks_and_a_remark(line: str, marks: dict[str, int], comment: str) -> None:
    assert read_slip(line) == (marks, comment)


@pytest.mark.parametrize("line", ["", "543", "5436", "54321", "bien 5432"])
def test_a_slip_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(SatisfactionRefused):
        read_slip(line)


def test_anybody_answers_behind_the_link_without_an_account(
    client: Client, session: TrainingSession, form: SatisfactionForm, time_machine: object
) -> None:
    time_machine.move_to(datetime.datetime(2025, 5, 14, 12, tzinfo=datetime.UTC))  # type: ignore[attr-defined]
    address = f"/avis/{form.token}/"
    page = client.get(address)
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    data = {**{name: str(mark) for name, mark in MARKS.items()}, "comment": "Merci"}

    done = client.post(address, {**data, "uuid": uuid.uuid4()})
    missing = client.post(address, {"uuid": uuid.uuid4(), "pace": "3"})

    assert (done.status_code, done.url) == (302, f"{address}merci/")
    assert "sans votre nom" in client.get(done.url).content.decode()
    assert missing.status_code == 200
    assert SatisfactionAnswer.objects.count() == 1
    assert client.get("/avis/inconnu/").status_code == 404
    for _again in range(119):
        client.post(address, {**data, "uuid": uuid.UUID(int=1)})
    assert client.post(address, {**data, "uuid": uuid.uuid4()}).status_code == 429
    assert SatisfactionAnswer.objects.count() == 2


def test_staff_sees_answers_from_five_on_and_remarks_without_order(
    client: Client, session: TrainingSession, form: SatisfactionForm
) -> None:
    for _one in range(6):
        make_participation(session)
    client.force_login(make_user(Role.COMMITTEE))
    for comment in ("Zut", "Bien", "", ""):
        answer(form, comment=comment)
    few = client.get("/sessions/SEG-S/avis/").content.decode()
    answer(form, comment="Assez long")
    enough = client.get("/sessions/SEG-S/avis/").content.decode()

    assert "n = 4 réponses" in few
    assert "Bien" not in few
    assert "n = 5 réponses" in enough
    assert enough.index("Assez long") < enough.index("Bien") < enough.index("Zut")
    assert "3 sur 5" in enough


def test_slips_are_typed_and_bad_ones_come_back(
    client: Client, session: TrainingSession, form: SatisfactionForm
) -> None:
    client.force_login(make_user(Role.COMMITTEE))
    address = "/sessions/SEG-S/avis/saisie/"
    identifiers = [str(uuid.uuid4()) for _n in range(3)]

    data = {"uuid": identifiers, "line": ["5432 Bien", "9", ""]}
    html = client.post(address, data).content.decode()
    client.post(address, data)

    assert "1 bulletin(s) enregistré(s)." in html
    assert "tapez d&#x27;abord quatre notes" in html
    assert satisfaction_of(session).n == 1


def test_poster_and_slips_are_pdfs_for_those_who_run_the_session(
    client: Client, session: TrainingSession, form: SatisfactionForm
) -> None:
    assert poster_pdf(form).startswith(b"%PDF")
    assert slips_pdf(form).startswith(b"%PDF")
    client.force_login(make_user(Role.TRAINER))
    assert client.get("/sessions/SEG-S/avis/affiche/").status_code == 404
    client.force_login(make_user(Role.COMMITTEE))
    assert client.get("/sessions/SEG-S/avis/affiche/")["Content-Type"] == "application/pdf"
    assert client.get("/sessions/SEG-S/avis/autre/").status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.TRAINER, 404), (Role.PARTNER, 403)])
def test_others_read_no_answer(
    client: Client, session: TrainingSession, form: SatisfactionForm, role: str, status: int
) -> None:
    for _one in range(5):
        answer(form, comment="Remarque confidentielle")
    client.force_login(make_user(role))

    response = client.get("/sessions/SEG-S/avis/")

    assert response.status_code == status
    assert "confidentielle" not in response.content.decode()


def test_opening_twice_from_the_screen_is_one_form(
    client: Client, session: TrainingSession
) -> None:
    client.force_login(make_user(Role.COMMITTEE))

    for _click in range(2):
        client.post("/sessions/SEG-S/avis/ouvrir/")

    assert SatisfactionForm.objects.filter(session=session).count() == 1


def test_a_machine_does_not_fill_the_form_for_ever(
    form: SatisfactionForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessments.satisfaction.answers.MOST_ANSWERS", 2)
    for _time in range(2):
        record_answer(form=form, uuid=uuid.uuid4(), marks=MARKS, today=TODAY)
    with pytest.raises(SatisfactionRefused, match="toutes les réponses"):
        record_answer(form=form, uuid=uuid.uuid4(), marks=MARKS, today=TODAY)
    record_answer(form=form, uuid=uuid.uuid4(), marks=MARKS, is_on_paper=True, today=TODAY)

    assert SatisfactionAnswer.objects.count() == 3
