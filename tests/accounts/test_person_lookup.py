"""Finding a known person: the words, the digits, the proposals; the same decisions as before."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.matching import SoughtPerson
from accounts.models import Person
from accounts.names import fold, name_key
from accounts.people import find_organization, open_posting, person_index
from accounts.person_lookup import index_for, persons_matching, propose
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["kone awa", "AWA koné", "kon", "wa kon", "76 00 00 01", "+223 7600", "00223760000"]
)
def test_a_person_is_found_by_words_or_digits(text: str) -> None:
    person = make_person("KONÉ", "Awa", phone="76000001")
    make_person("DIALLO", "Sira", phone="65111111")

    assert list(persons_matching(text)) == [person]


@pytest.mark.parametrize("text", ["", "a", "a b", "760", "kone sira", "kone 76000001"])
def test_too_little_or_too_much_finds_nobody(text: str) -> None:
    make_person("KONÉ", "Awa", phone="76000001")

    assert list(persons_matching(text)) == []


def test_a_merged_record_is_not_found() -> None:
    merged = make_person("KONE", "Awa", phone="76000001")
    Person.objects.filter(pk=merged.pk).update(merged_into=make_person("KONATE", "Awa"))

    assert list(persons_matching("kone")) == []


def test_proposals_say_why() -> None:
    court = find_organization(name="Tribunal")
    same_phone = make_person("COULIBALY", "Oumar", phone="76000001")
    namesake = make_person("KONE", "Awa", phone="76000002")
    open_posting(person=namesake, organization=court, territory=None, started_on=None)
    nearly = make_person("KONE", "Awa Fatou", phone="76000003", birth_year=1981)
    typed = SoughtPerson("+22376000001", name_key("Awa Koné"), fold("tribunal"), 1980)

    assert [(one.person, one.reason) for one in propose(typed)] == [
        (same_phone, "Même téléphone"),
        (namesake, "Même nom, même structure"),
        (nearly, "Nom voisin, une autre année de naissance"),
    ]


def test_proposals_stay_among_those_whom_the_reader_may_know_of() -> None:
    make_person("KONE", "Awa", phone="76000001")
    own = make_person("KONE", "Awa", phone="76000002")
    typed = SoughtPerson("+22376000001", name_key("Kone Awa"))

    found = propose(typed, among=Person.objects.filter(pk=own.pk))

    assert [one.person for one in found] == [own]


@pytest.mark.parametrize("namesakes", [1, 3])
def test_proposals_ask_as_often_for_1_person_as_for_3(
    namesakes: int, django_assert_num_queries: Any
) -> None:
    for _number in range(namesakes):
        make_person("KONE", "Awa")
    typed = SoughtPerson("+22376000001", name_key("Awa Koné"), "tribunal", 1980)

    with django_assert_num_queries(7):
        assert len(propose(typed)) == namesakes


NAMES = st.sampled_from(["KONE Awa", "Awa KONE", "KONE", "DIALLO Awa", "Awa Fatou KONE", ""])
PHONES = st.sampled_from(["", "+22376000001", "+22376000002"])
YEARS = st.sampled_from([None, 1980, 1981])
RECORDS = st.lists(st.tuples(NAMES, PHONES, YEARS, st.integers(0, 3)), max_size=6)


class TestDecisions(TestCase):
    """The small index decides as the whole one does, whatever the records and their merges."""

    @settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(RECORDS, NAMES, PHONES, YEARS)
    def test_the_small_index_decides_like_the_whole_one(
        self, records: list[Any], name: str, phone: str, year: int | None
    ) -> None:
        made: list[Person] = []
        for full_name, number, born, merged_into in records:
            made.append(
                Person.objects.create(
                    family_name=full_name,
                    name_key=name_key(full_name),
                    phone=number,
                    birth_year=born,
                    merged_into=made[merged_into] if merged_into < len(made) else None,
                )
            )
        row = SoughtPerson(phone or None, name_key(name), "", year)

        assert index_for(row).match(row) == person_index().match(row)
