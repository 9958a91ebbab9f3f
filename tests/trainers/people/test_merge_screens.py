"""The screens that make two records one: listed, compared, decided, undone."""

import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.merging import MergeRefused, merge_persons
from accounts.models import DistinctPersons, Person, PersonMerge
from accounts.people import create_account, open_posting
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.models import Participation
from trainers.participation.validities import everybodys_validities, validities_of
from trainers.sessions.access import sessions_for
from trainers.sessions.planning import red_flags

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Client:
    client = Client()
    client.force_login(make_user(Role.COMMITTEE))
    return client


def alike(number: int = 1, region: str = "segou") -> tuple[Person, Person]:
    """Two records of one name and phone, posted in a region."""
    found = []
    for given in ("Awa", "Awa F."):
        person = make_person(f"KONE{number}", given, phone=f"7600000{number}")
        place = make_region(region, region.capitalize())
        open_posting(person=person, organization=None, territory=place, started_on=None)
        found.append(person)
    return found[0], found[1]


def test_probable_pairs_are_listed_with_their_reason(committee: Client) -> None:
    alike()

    page = committee.get("/personnes/fiches-proches/").content.decode()

    assert "1 paire à regarder" in page
    assert "Même téléphone et nom voisin" in page


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_list_asks_as_often_for_1_pair_as_for_3(
    pairs: int, committee: Client, django_assert_num_queries: Any
) -> None:
    for number in range(pairs):
        alike(number)

    with django_assert_num_queries(9):
        assert len(committee.get("/personnes/fiches-proches/").context["rows"]) == pairs


def test_an_empty_list_says_so(committee: Client) -> None:
    assert "Aucune fiche proche" in committee.get("/personnes/fiches-proches/").content.decode()


def test_a_focal_point_sees_and_merges_only_the_pairs_of_the_territory() -> None:
    alike(1)
    far = alike(2, "kayes")
    client = Client()
    client.force_login(make_user(Role.FOCAL_POINT))

    page = client.get("/personnes/fiches-proches/").content.decode()

    assert "KONE1" in page
    assert "KONE2" not in page
    url = f"/personnes/{far[0].uuid}/fusion/{far[1].uuid}/"
    for answer in (client.get(url), client.post(url, {"reason": "Même personne"})):
        assert answer.status_code == 404
        assert "KONE2" not in answer.content.decode()
    assert PersonMerge.objects.count() == 0


def test_a_trainer_merges_nobody() -> None:
    first, second = alike()
    client = Client()
    client.force_login(make_user(Role.TRAINER))

    answer = client.post(
        f"/personnes/{first.uuid}/fusion/{second.uuid}/", {"reason": "Même personne"}
    )

    assert answer.status_code == 403
    assert PersonMerge.objects.count() == 0


def test_each_field_is_chosen_then_merged_then_undone(committee: Client) -> None:
    kept, merged = alike()
    Person.objects.filter(pk=merged.pk).update(sex="F", birth_year=1980)
    url = f"/personnes/{kept.uuid}/fusion/{merged.uuid}/"

    fields = {
        one["name"]: one["selected"] for one in committee.get(url).context["comparison"]["fields"]
    }
    assert fields == {"given_name": "kept", "sex": "merged", "birth_year": "merged"}
    refused = committee.post(url, {**fields, "reason": ""})
    assert refused.status_code == 200
    assert PersonMerge.objects.count() == 0
    answer = committee.post(url, {**fields, "given_name": "merged", "reason": "Même numéro"})

    assert answer["Location"] == f"/personnes/{kept.uuid}/"
    kept.refresh_from_db()
    assert (kept.given_name, kept.sex, kept.birth_year) == ("Awa F.", "F", 1980)
    assert committee.post(url, {"reason": "Double clic"}).status_code == 404
    merge = PersonMerge.objects.get()
    page = committee.get(f"/personnes/{kept.uuid}/").content.decode()
    assert "Même numéro" in page
    committee.post(f"/personnes/fusions/{merge.pk}/separer/", {"reason": "Deux sœurs"})
    kept.refresh_from_db()
    assert (kept.given_name, kept.sex, kept.birth_year) == ("Awa", "", None)
    assert Person.objects.kept().filter(pk=merged.pk).exists()
    history = committee.get(f"/personnes/{kept.uuid}/historique/").content.decode()
    assert "Prénom : Awa → Awa F." in history
    assert "Prénom : Awa F. → Awa" in history


def test_two_people_are_proposed_no_more(committee: Client) -> None:
    kept, other = alike()

    committee.post(f"/personnes/{kept.uuid}/fusion/{other.uuid}/", {"act": "distinct"})

    assert DistinctPersons.objects.count() == 1
    assert "Aucune fiche proche" in committee.get("/personnes/fiches-proches/").content.decode()


def test_one_record_twice_or_an_unknown_one_is_not_found(committee: Client) -> None:
    kept, _other = alike()
    for other in (kept.uuid, uuid.uuid4()):
        assert committee.get(f"/personnes/{kept.uuid}/fusion/{other}/").status_code == 404


# --- Nothing is lost ----------------------------------------------------------------------------


def test_both_in_one_session_is_said_before_and_flagged_after(committee: Client) -> None:
    kept, merged = alike()
    session = make_session("SEG-1")
    for person in (kept, merged):
        attend(session, person, positions=(1, 2, 3, 4))
    page = committee.get(f"/personnes/{kept.uuid}/fusion/{merged.uuid}/").content.decode()
    assert "sur la même liste (SEG-1)" in page

    merge_persons(kept=kept, merged=merged, reason="Même personne", by=None)

    assert "DOUBLE_ENROLMENT" in [flag.code for flag in red_flags(session)]
    assert "SHARED_PHONE" not in [flag.code for flag in red_flags(session)]
    assert list(everybodys_validities()) == [kept.pk]
    assert Participation.objects.count() == 2


def test_what_the_merged_record_learnt_is_the_kept_persons() -> None:
    kept, merged = alike()
    attend(make_session("SEG-1"), merged, positions=(1, 2, 3, 4))
    assert validities_of(kept) == []

    merge_persons(kept=kept, merged=merged, reason="Même personne", by=None)

    assert len(validities_of(kept)) == 1


def test_two_trainers_are_not_merged_and_a_trainers_record_is_kept(committee: Client) -> None:
    kept, merged = alike()
    make_trainer(merged)
    url = f"/personnes/{kept.uuid}/fusion/{merged.uuid}/"

    assert committee.get(url)["Location"] == f"/personnes/{merged.uuid}/fusion/{kept.uuid}/"
    with pytest.raises(MergeRefused, match="Gardez plutôt l'autre fiche"):
        merge_persons(kept=kept, merged=merged, reason="Même personne", by=None)
    make_trainer(kept)
    page = committee.post(url, {"reason": "Même personne"}).content.decode()
    assert "Les deux fiches sont chacune au répertoire des formateurs" in page
    assert PersonMerge.objects.count() == 0


def test_the_account_of_a_merged_record_keeps_the_sessions_of_the_trainer() -> None:
    kept, merged = alike()
    session = make_session("SEG-1")
    staff(session, make_trainer(kept))
    account = make_user(Role.TRAINER, person=merged)

    assert list(sessions_for(account)) == []
    merge_persons(kept=kept, merged=merged, reason="Même personne", by=None)

    assert list(sessions_for(account)) == [session]


def test_two_accounts_are_said_before_the_merge(committee: Client) -> None:
    kept, merged = alike()
    for person in (kept, merged):
        create_account(person=person, username=str(person.uuid))

    page = committee.get(f"/personnes/{kept.uuid}/fusion/{merged.uuid}/").content.decode()

    assert "Les deux fiches ont un compte" in page
