"""Two records become one, and part again without loss."""

import datetime

import pytest

from accounts.enums import Role
from accounts.merging import (
    MergeRefused,
    correct_person,
    merge_persons,
    say_distinct,
    undo_merge,
)
from accounts.models import DistinctPersons, Person, PersonMerge, Posting, User
from accounts.people import (
    AccountRefused,
    create_account,
    find_organization,
    open_posting,
    transfer,
)
from tests.factories.accounts import make_person, make_profession, make_region, make_user

pytestmark = pytest.mark.django_db

REASON = "Même numéro sur les deux feuilles"
MAY = datetime.date(2025, 5, 1)


@pytest.fixture
def by() -> User:
    return make_user(Role.COMMITTEE)


def read_again(*persons: Person) -> None:
    for person in persons:
        person.refresh_from_db()


def serve(person: Person, place: str, since: datetime.date | None = None) -> Posting:
    return open_posting(
        person=person,
        organization=find_organization(name=place),
        territory=make_region(),
        started_on=since,
    )


def test_a_merge_takes_the_chosen_fields_and_keeps_the_trace(by: User) -> None:
    kept = make_person("KONE", "Awa", phone="76000001", sex="", birth_year=1980)
    merged = make_person("KONÉ", "Awa Fatou", phone="76000002", sex="F")
    trade = make_profession()
    Person.objects.filter(pk=merged.pk).update(profession=trade)

    merge = merge_persons(
        kept=kept, merged=merged, take=["given_name", "sex", "profession"], reason=REASON, by=by
    )

    read_again(kept, merged)
    assert (kept.given_name, kept.sex, kept.profession, kept.phone) == (
        "Awa Fatou", "F", trade, "+22376000001",
    )  # fmt: skip
    assert kept.name_key == "awa fatou kone"
    assert merged.merged_into == kept
    assert merge.taken == {
        "given_name": ["Awa", "Awa Fatou"], "sex": ["", "F"], "profession": [None, trade.pk],
    }  # fmt: skip
    line = kept.history.latest()
    assert (line.history_user, line.history_change_reason) == (by, REASON)
    assert merged.history.latest().history_user == by


def test_undoing_restores_what_nobody_corrected_since(by: User) -> None:
    kept = make_person("KONE", "Awa", phone="76000001", sex="")
    merged = make_person("KONE", "Aoua", phone="76000002", sex="F")
    merge = merge_persons(
        kept=kept, merged=merged, take=["given_name", "sex", "phone"], reason=REASON, by=by
    )
    correct_person(person=kept, facts={"phone": "+22376000009"}, reason="Nouveau numéro", by=by)

    undo_merge(merge=merge, reason="Deux sœurs", by=by)

    read_again(kept, merged, merge)
    assert (kept.given_name, kept.sex, kept.phone) == ("Awa", "", "+22376000009")
    assert (merged.given_name, merged.phone, merged.merged_into) == ("Aoua", "+22376000002", None)
    assert (merge.undone_by, merge.undo_reason) == (by, "Deux sœurs")
    undone_at = merge.undone_at
    assert undo_merge(merge=merge, reason="Encore", by=by).undone_at == undone_at
    merge_persons(kept=merged, merged=kept, reason=REASON, by=by)
    assert PersonMerge.objects.count() == 2


def test_postings_tell_one_career_and_go_back(by: User) -> None:
    kept, merged = make_person(), make_person()
    here = serve(kept, "Tribunal de Ségou")
    transfer(person=merged, organization=None, territory=make_region(), on=MAY)
    there = transfer(
        person=merged, organization=find_organization(name="Parquet"), territory=None,
        on=datetime.date(2025, 9, 1),
    )  # fmt: skip
    before = set(Posting.objects.values_list("pk", "person", "ended_on"))

    merge = merge_persons(kept=kept, merged=merged, take_posting=True, reason=REASON, by=by)

    assert kept.postings.get(ended_on=None) == there
    assert merged.postings.get() == here
    assert kept.postings.count() == 2
    undo_merge(merge=merge, reason="Deux personnes", by=by)
    assert set(Posting.objects.values_list("pk", "person", "ended_on")) == before


def test_the_only_posting_in_force_is_taken_unasked(by: User) -> None:
    kept, merged = make_person(), make_person()
    serve(merged, "Tribunal")

    merge_persons(kept=kept, merged=merged, reason=REASON, by=by)

    assert str(kept.postings.get(ended_on=None).organization) == "Tribunal"


def test_a_transfer_since_the_merge_outlives_it(by: User) -> None:
    kept, merged = make_person(), make_person()
    old = serve(kept, "Tribunal", MAY)
    serve(merged, "Parquet", MAY)
    merge = merge_persons(kept=kept, merged=merged, take_posting=True, reason=REASON, by=by)
    new = transfer(
        person=kept, organization=None, territory=make_region(), on=datetime.date(2025, 10, 1)
    )

    undo_merge(merge=merge, reason="Deux personnes", by=by)

    old.refresh_from_db()
    assert kept.postings.get(ended_on=None) == new
    assert (old.person, old.ended_on) == (kept, datetime.date(2025, 9, 30))
    assert str(merged.postings.get().organization) == "Parquet"


def test_a_chain_points_to_the_record_kept_in_the_end(by: User) -> None:
    first, second, third = make_person(), make_person(), make_person()
    early = merge_persons(kept=second, merged=first, reason=REASON, by=by)
    late = merge_persons(kept=third, merged=second, reason=REASON, by=by)

    read_again(first, second)
    assert (first.merged_into, second.merged_into) == (third, third)
    assert set(Person.objects.same_as(first.pk)) == {first, second, third}
    with pytest.raises(MergeRefused) as refusal:
        undo_merge(merge=early, reason="Erreur", by=by)
    assert str(refusal.value) == (
        f"La fiche de {second} a été fusionnée depuis : séparez d'abord cette fusion."
    )
    undo_merge(merge=late, reason="Erreur", by=by)
    read_again(first, second)
    assert (first.merged_into, second.merged_into) == (second, None)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_record_already_merged_is_not_merged_again(by: User, is_kept: bool) -> None:
    old, end, other = make_person(), make_person(), make_person()
    merge_persons(kept=end, merged=old, reason=REASON, by=by)
    pair = {"kept": old, "merged": other} if is_kept else {"kept": other, "merged": old}

    with pytest.raises(MergeRefused):
        merge_persons(**pair, reason=REASON, by=by)

    assert PersonMerge.objects.count() == 1


def test_a_merge_needs_two_records_and_a_reason(by: User) -> None:
    one, other = make_person(), make_person()
    with pytest.raises(MergeRefused):
        merge_persons(kept=one, merged=one, reason=REASON, by=by)
    with pytest.raises(MergeRefused):
        merge_persons(kept=one, merged=other, reason="  ", by=by)
    with pytest.raises(MergeRefused):
        undo_merge(
            merge=merge_persons(kept=one, merged=other, reason=REASON, by=by), reason="", by=by
        )
    other.refresh_from_db()
    assert other.merged_into == one


def test_both_accounts_stay_and_no_third_is_opened(by: User) -> None:
    kept, merged = make_person(), make_person()
    accounts = [create_account(person=person) for person in (kept, merged)]

    merge_persons(kept=kept, merged=merged, reason=REASON, by=by)

    for account in accounts:
        assert set(Person.objects.same_as(account.person_id)) == {kept, merged}


def test_the_account_of_the_merged_record_is_the_persons_account(by: User) -> None:
    kept, merged = make_person(), make_person()
    create_account(person=merged)
    merge_persons(kept=kept, merged=merged, reason=REASON, by=by)

    with pytest.raises(AccountRefused):
        create_account(person=kept)


def test_two_people_are_said_so_once_whatever_the_order(by: User) -> None:
    one, other = make_person(), make_person()

    assert say_distinct(one=other, other=one, by=by) == say_distinct(one=one, other=other, by=None)

    said = DistinctPersons.objects.get()
    assert (said.first, said.second, said.said_by) == (one, other, by)


def test_a_correction_keeps_its_author_and_a_repeat_writes_nothing(by: User) -> None:
    person = make_person("KONE", "Awa", phone="76000001")
    facts = {"family_name": "KONATÉ", "sex": "F"}

    assert correct_person(person=person, facts=facts, reason="Faute de frappe", by=by) == [
        "family_name", "sex",
    ]  # fmt: skip
    assert correct_person(person=person, facts=facts, reason="Encore", by=by) == []

    read_again(person)
    assert (person.name_key, person.history.count()) == ("awa konate", 2)
    assert person.history.latest().history_change_reason == "Faute de frappe"
