"""The command that validates a session."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Role
from tests.factories.accounts import make_user
from tests.factories.assessments import make_copy, make_form
from tests.factories.trainers import attend, make_session
from trainers.enums import EvidenceKind
from trainers.evidence import store_evidence
from trainers.models import TrainingSession

pytestmark = pytest.mark.django_db


def validate(*arguments: str) -> str:
    out = StringIO()
    call_command("validate_session", "SEG-V", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def session() -> TrainingSession:
    session = make_session("SEG-V")
    participation, form = attend(session), make_form()
    make_copy(participation, form, "PRE", "ABCDABCDAA")
    make_copy(participation, form, "POST", "ABCDABCDAB")
    return session


@pytest.fixture
def committee() -> str:
    return make_user(Role.COMMITTEE).username


def add_papers(session: TrainingSession) -> None:
    for kind in (EvidenceKind.TERMS_OF_REFERENCE, EvidenceKind.REPORT):
        store_evidence(kind=kind, content=str(kind).encode(), name="piece.pdf", session=session)


def test_a_complete_session_is_validated_by_a_third_person(
    session: TrainingSession, committee: str
) -> None:
    add_papers(session)

    said = validate(
        "--by", committee, "--submit", "--roll-call-confirmed-by", "Awa Traoré ; Ali Maïga"
    )

    session.refresh_from_db()
    assert said.startswith("Session SEG-V validée par")
    assert (session.state, session.validated_by.username) == ("VALIDATED", committee)


def test_everything_missing_is_said_and_nothing_is_written(
    session: TrainingSession, committee: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        validate("--by", committee, "--submit", "--roll-call-confirmed-by", "Awa Traoré")

    session.refresh_from_db()
    assert "Il manque les termes de référence." in str(refusal.value)
    assert "Il manque le rapport de la session." in str(refusal.value)
    assert "pré-test" not in str(refusal.value)
    assert (session.state, session.roll_call_confirmed_by) == ("RUNNING", "")


def test_an_unknown_account_validates_nothing(session: TrainingSession) -> None:
    with pytest.raises(CommandError, match="Aucun compte actif ne s'appelle « personne »"):
        validate("--by", "personne")
