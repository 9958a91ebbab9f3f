import pytest

from accounts.models import Person, Posting
from accounts.people import open_posting
from accounts.phones import InvalidPhone
from tests.factories.accounts import make_person, make_profession, make_region
from tests.factories.trainers import make_session
from trainers.attendance.newcomers import Newcomer, Proposals, add_newcomer, propose_persons
from trainers.models import Participation

pytestmark = pytest.mark.django_db
AWA = Newcomer("KONE", "Awa", phone="76000001")


def test_new_person_is_created_posted_and_frozen() -> None:
    newcomer = Newcomer(
        "KONE",
        "Awa",
        sex="F",
        profession=make_profession(),
        organization="Tribunal",
        territory=make_region(),
    )
    frozen = add_newcomer(session=make_session(), newcomer=newcomer)

    assert (frozen.sex, frozen.profession.code, frozen.territory.code) == ("F", "avocat", "segou")
    assert Posting.objects.get().organization == frozen.organization
    assert frozen.organization.name == "Tribunal"


def test_page_sent_twice_adds_one_person() -> None:
    session = make_session()
    first = add_newcomer(session=session, newcomer=AWA)
    assert add_newcomer(session=session, newcomer=AWA) == first
    assert (Person.objects.count(), Participation.objects.count()) == (1, 1)


def test_known_person_keeps_the_posting_that_is_known() -> None:
    known = make_person("KONE", "Awa", sex="F")
    region = make_region()
    open_posting(person=known, organization=None, territory=region, started_on=None)
    frozen = add_newcomer(session=make_session(), newcomer=AWA, known=known)

    assert (frozen.person, frozen.sex, frozen.territory) == (known, "F", region)
    assert (Person.objects.count(), Posting.objects.count()) == (1, 1)


def test_proposals_are_sure_doubtful_or_none() -> None:
    known = make_person("KONE", "Awa", phone="76000001")

    assert propose_persons(AWA).persons == (known,)
    assert propose_persons(AWA).is_sure
    doubt = propose_persons(Newcomer("MAIGA", "Ali", phone="76000001"))
    assert (doubt.persons, doubt.is_sure) == ((known,), False)
    assert propose_persons(Newcomer("MAIGA", "Ali")) == Proposals()


def test_phone_that_is_none_is_refused_with_nothing_written() -> None:
    with pytest.raises(InvalidPhone):
        add_newcomer(session=make_session(), newcomer=Newcomer("KONE", phone="12"))
    assert Person.objects.count() == 0
