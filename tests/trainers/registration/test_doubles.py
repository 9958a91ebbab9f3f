"""One person twice on a list since a merge: one line is kept, and nothing that happened is lost."""

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.merging import merge_persons
from accounts.models import Person
from assessments.enums import Occasion
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.assessments import make_copy, make_form
from tests.factories.trainers import attend, make_session
from trainers.enums import RegistrationState
from trainers.models import Participation, Registration, TrainingSession
from trainers.registration.doubles import doubles_of, keep_one_line
from trainers.registration.roster import RosterRefused
from trainers.sessions.history import history_of
from trainers.sessions.lock import SessionClosed
from trainers.sessions.planning import cancel_session
from trainers.sessions.red_flags import red_flags

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-1")


def twice(
    session: TrainingSession, kept: tuple[int, ...] = (), merged: tuple[int, ...] = ()
) -> tuple[Participation, Participation]:
    """The lines of the record kept and of the merged one, with their half-days."""
    one, other = make_person("DIARRA", "Awa"), make_person("DIARRA", "Awa")
    lines = attend(session, one, positions=kept), attend(session, other, positions=merged)
    merge_persons(kept=one, merged=other, reason="Même personne", by=None)
    return lines


def test_empty_line_goes_and_its_request_follows(session: TrainingSession) -> None:
    by = make_user(Role.TRAINER)
    empty, full = twice(session, merged=(1, 2))
    attend(session)
    request = Registration.objects.create(
        uuid="0b9f6f1e-7f0f-4f0e-9a53-3b1f7b6f0c11",
        session=session,
        state=RegistrationState.APPROVED,
        participation=empty,
        family_name="DIARRA",
        asked_at=empty.enrolled_at,
    )
    found = [[(line.participation, line.marks) for line in group] for group in doubles_of(session)]
    assert found == [[(empty, 0), (full, 2)]]

    assert (keep_one_line(kept=full, by=by), keep_one_line(kept=full, by=by)) == (1, 0)

    request.refresh_from_db()
    assert (request.state, request.participation) == ("APPROVED", full)
    assert (doubles_of(session), session.participations.count()) == ([], 2)
    assert "DOUBLE_ENROLMENT" not in [flag.code for flag in red_flags(session)]
    told = [(line.reason, line.by) for line in history_of(session) if line.reason]
    assert told == [("Awa DIARRA, sur la liste deux fois : une seule ligne gardée", str(by))]


@pytest.mark.parametrize(
    ("kept", "sentence"), [((), "gardez plutôt celle-là"), ((1,), "notez « absent »")]
)
def test_line_with_marks_never_goes(
    session: TrainingSession, kept: tuple[int, ...], sentence: str
) -> None:
    line, _full = twice(session, kept=kept, merged=(1, 2))

    with pytest.raises(RosterRefused, match=sentence):
        keep_one_line(kept=line, by=None)
    assert session.participations.count() == 2


def test_line_with_a_copy_never_goes(session: TrainingSession) -> None:
    line, other = twice(session)
    make_copy(other, make_form(), Occasion.PRE, "ABCDABCDAB")

    with pytest.raises(RosterRefused, match="copie"):
        keep_one_line(kept=line, by=None)
    assert session.participations.count() == 2


def test_two_people_of_one_name_are_no_double(session: TrainingSession) -> None:
    one = attend(session, make_person("DIARRA", "Awa"))
    attend(session, make_person("DIARRA", "Awa"), positions=())

    assert doubles_of(session) == []
    assert keep_one_line(kept=one, by=None) == 0
    assert session.participations.count() == 2


def test_closed_session_keeps_its_list(session: TrainingSession) -> None:
    line, _other = twice(session)
    cancel_session(session=session, reason="Report")

    with pytest.raises(SessionClosed):
        keep_one_line(kept=line, by=None)


def test_list_shows_both_lines_and_keeps_one(client: Client, session: TrainingSession) -> None:
    _empty, full = twice(session, merged=(1, 2))
    client.force_login(make_user(Role.COMMITTEE))
    page = client.get("/sessions/SEG-1/liste/").content.decode()
    assert "Inscrits deux fois" in page
    assert "2 demi-journées notées" in page

    client.post(f"/sessions/SEG-1/liste/{full.pk}/garder/")

    assert list(Participation.objects.all()) == [full]
    assert "Inscrits deux fois" not in client.get("/sessions/SEG-1/liste/").content.decode()


def test_list_out_of_reach_is_not_changed(client: Client) -> None:
    session = make_session("KAY-1", territory=make_region("kayes", "Kayes"))
    _empty, full = twice(session, merged=(1,))
    for role, status in ((Role.FOCAL_POINT, 404), (Role.TRAINER, 404), (Role.PARTNER, 403)):
        client.force_login(make_user(role))
        assert client.post(f"/sessions/KAY-1/liste/{full.pk}/garder/").status_code == status
    assert (Participation.objects.count(), Person.objects.kept().count() > 0) == (2, True)
