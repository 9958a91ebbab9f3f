"""Known people enrolled together, and a name taken off the list."""

import pytest

from accounts.enums import Role
from assessments.enums import Occasion
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_copy, make_form
from tests.factories.trainers import START, attend, make_session
from trainers.enums import RegistrationState
from trainers.models import Participation, Registration
from trainers.registration.roster import RosterRefused, enrol_known, remove_from_list
from trainers.sessions.history import history_of

pytestmark = pytest.mark.django_db


def test_several_known_people_are_enrolled_once_each() -> None:
    session, people = make_session(), [make_person() for _ in range(3)]
    assert len(enrol_known(session=session, persons=people)) == 3
    assert enrol_known(session=session, persons=people) == []
    assert session.participations.count() == 3


def test_merged_record_is_enrolled_as_the_person_kept() -> None:
    session, kept, merged = make_session(), make_person(), make_person()
    merged.merged_into = kept
    merged.save()

    (only,) = enrol_known(session=session, persons=[merged, kept])
    assert only.person == kept


def test_more_people_than_seats_is_all_or_nothing() -> None:
    session, people = make_session(seats=2), [make_person() for _ in range(3)]
    with pytest.raises(RosterRefused, match="Il reste 2 places pour 3 personnes"):
        enrol_known(session=session, persons=people)
    assert session.participations.count() == 0
    assert len(enrol_known(session=session, persons=people, is_overbooking=True)) == 3


def test_name_put_by_mistake_is_removed_with_its_reason() -> None:
    session, by = make_session(), make_user(Role.TRAINER)
    one = attend(session, make_person("DIARRA", "Awa"), positions=())
    registration = Registration.objects.create(
        uuid="0b9f6f1e-7f0f-4f0e-9a53-3b1f7b6f0c11",
        session=session,
        state=RegistrationState.APPROVED,
        participation=one,
        family_name="DIARRA",
        asked_at=one.enrolled_at,
    )
    remove_from_list(participation=one, reason="Homonyme", by=by)
    remove_from_list(participation=one, reason="Homonyme", by=by)

    registration.refresh_from_db()
    assert session.participations.count() == 0
    assert (registration.state, registration.participation) == ("REFUSED", None)
    told = [(line.reason, line.by) for line in history_of(session) if line.reason]
    assert told == [("Awa DIARRA retirée de la liste : Homonyme", str(by))]


def test_removal_takes_a_reason() -> None:
    one = attend(make_session(), positions=())
    with pytest.raises(RosterRefused):
        remove_from_list(participation=one, reason="", by=None)
    assert Participation.objects.count() == 1


def test_what_happened_is_never_erased() -> None:
    session = make_session(starts_on=START)
    marked = attend(session)
    tested = attend(session, positions=())
    make_copy(tested, make_form(), Occasion.PRE, "ABCDABCDAB")

    for one, words in ((marked, "déjà une présence"), (tested, "déjà une copie")):
        with pytest.raises(RosterRefused, match=words):
            remove_from_list(participation=one, reason="Erreur", by=None)
    assert session.participations.count() == 2
