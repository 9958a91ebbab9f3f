"""Who is proposed while somebody types: hand-made tables."""

from accounts.matching import Candidate, SoughtPerson
from accounts.names import name_key
from accounts.resemblance import Likeness, has_words, most_alike

KONE_AWA = name_key("KONÉ", "Awa")


def known(pk: int, name: str, phone: str = "", structure: str = "", year: int | None = None):
    return Candidate(pk, phone or None, name_key(name), structure, year)


def proposed(typed: SoughtPerson, *candidates: Candidate, limit: int = 6) -> list[object]:
    return [one.candidate.id for one in most_alike(typed, candidates, limit=limit)]


def test_the_phone_comes_before_the_name_and_the_name_before_its_parts() -> None:
    typed = SoughtPerson("+22376000001", KONE_AWA)

    assert proposed(
        typed,
        known(1, "KONE Awa Fatou"),
        known(2, "Awa KONE"),
        known(3, "Sira DIALLO", "+22376000001"),
        known(4, "Awa KONE", "+22376000001"),
    ) == [4, 3, 2, 1]


def test_the_structure_then_the_year_part_namesakes() -> None:
    typed = SoughtPerson(None, KONE_AWA, "tribunal", 1980)

    assert proposed(
        typed,
        known(1, "Awa KONE", year=1990),
        known(2, "Awa KONE"),
        known(3, "Awa KONE", year=1980),
        known(4, "Awa KONE", structure="tribunal"),
    ) == [4, 3, 2, 1]


def test_a_structure_or_a_year_alone_proposes_nobody() -> None:
    typed = SoughtPerson(None, KONE_AWA, "tribunal", 1980)

    assert proposed(typed, known(1, "Sira DIALLO", structure="tribunal", year=1980)) == []


def test_reasons_are_given_the_strongest_first() -> None:
    typed = SoughtPerson("+22376000001", KONE_AWA, "tribunal", 1980)
    one = known(1, "Awa KONE", "+22376000001", "tribunal", 1981)

    assert most_alike(typed, [one], limit=6)[0].reasons == (
        Likeness.PHONE,
        Likeness.NAME,
        Likeness.ORGANIZATION,
        Likeness.OTHER_BIRTH_YEAR,
    )


def test_no_more_than_the_limit_is_proposed() -> None:
    typed = SoughtPerson(None, KONE_AWA)

    assert proposed(typed, *(known(pk, "Awa KONE") for pk in (3, 1, 2)), limit=2) == [1, 2]


def test_words_are_found_in_any_order_and_by_part() -> None:
    assert has_words(["kon", "aw"], KONE_AWA)
    assert not has_words(["kon", "sira"], KONE_AWA)
    assert not has_words([], KONE_AWA)
