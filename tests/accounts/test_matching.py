import pytest

from accounts.matching import Candidate, Match, MatchKind, PersonIndex, SoughtPerson

AWA = Candidate(1, "+22376000001", "awa traore", "barreau du mali", 1985)
ALI = Candidate(2, None, "ali maiga", "", None)
FIRST_NAMESAKE = Candidate(3, None, "amadou keita", "", None)
SECOND_NAMESAKE = Candidate(4, None, "amadou keita", "tribunal", 1970)
SHARED_A = Candidate(5, "+22376000009", "oumou diarra", "", None)
SHARED_B = Candidate(6, "+22376000009", "oumou sangare", "", None)
KNOWN = [AWA, ALI, FIRST_NAMESAKE, SECOND_NAMESAKE, SHARED_A, SHARED_B]


@pytest.mark.parametrize(
    ("row", "kind", "candidate_id", "others"),
    [
        pytest.param(
            SoughtPerson("+22376000001", "awa traore"), MatchKind.SAME, 1, (), id="phone-and-name"
        ),
        pytest.param(
            SoughtPerson("+22376000001", "awa coulibaly"),
            MatchKind.SAME,
            1,
            (),
            id="phone-and-one-word",
        ),
        pytest.param(
            SoughtPerson("+22376000001", ""), MatchKind.SAME, 1, (), id="phone-without-name"
        ),
        pytest.param(
            SoughtPerson("+22376000001", "moussa diallo"),
            MatchKind.POSSIBLE,
            None,
            (1,),
            id="shared-phone",
        ),
        pytest.param(
            SoughtPerson("+22376000001", "awa traore", "", 1999),
            MatchKind.POSSIBLE,
            None,
            (1,),
            id="phone-but-other-year",
        ),
        pytest.param(
            SoughtPerson("+22376000009", "oumou diarra"),
            MatchKind.SAME,
            5,
            (),
            id="two-on-a-phone-the-exact-name-wins",
        ),
        pytest.param(
            SoughtPerson("+22376000009", "oumou"),
            MatchKind.POSSIBLE,
            None,
            (5, 6),
            id="two-on-a-phone-no-exact-name",
        ),
        pytest.param(
            SoughtPerson(None, "awa traore"), MatchKind.SAME, 1, (), id="name-row-without-phone"
        ),
        pytest.param(
            SoughtPerson("+22376000002", "ali maiga"),
            MatchKind.SAME,
            2,
            (),
            id="name-known-without-phone",
        ),
        pytest.param(
            SoughtPerson("+22376000002", "awa traore"),
            MatchKind.POSSIBLE,
            None,
            (1,),
            id="name-but-two-phones",
        ),
        pytest.param(
            SoughtPerson(None, "awa traore", "tribunal"),
            MatchKind.NEW,
            None,
            (),
            id="name-but-other-organization",
        ),
        pytest.param(
            SoughtPerson(None, "awa traore", "barreau du mali", 1990),
            MatchKind.NEW,
            None,
            (),
            id="name-but-other-year",
        ),
        pytest.param(
            SoughtPerson(None, "amadou keita"),
            MatchKind.POSSIBLE,
            None,
            (3, 4),
            id="several-namesakes",
        ),
        pytest.param(
            SoughtPerson(None, "amadou keita", "", 1971),
            MatchKind.SAME,
            3,
            (),
            id="year-leaves-one-namesake",
        ),
        pytest.param(
            SoughtPerson("+22376000003", "sira coulibaly"), MatchKind.NEW, None, (), id="nobody"
        ),
        pytest.param(SoughtPerson(None, ""), MatchKind.NEW, None, (), id="nothing-known"),
    ],
)
def test_match_decides(row, kind, candidate_id, others):
    found = PersonIndex(KNOWN).match(row)
    assert (found.kind, found.candidate_id, found.others) == (kind, candidate_id, others)


def test_match_of_one_word_is_never_certain():
    index = PersonIndex([Candidate("a", None, "traore")])
    assert index.match(SoughtPerson(None, "traore")) == Match(
        MatchKind.POSSIBLE,
        None,
        ("a",),
        "Même nom, mais un seul mot et aucun téléphone pour en être sûr.",
    )


def test_match_knows_a_person_added_later():
    index = PersonIndex()
    row = SoughtPerson("+22376000001", "awa traore")
    assert index.match(row).kind is MatchKind.NEW
    index.add(AWA)
    assert index.match(row).candidate_id == 1


def test_match_uses_a_phone_learnt_later():
    index = PersonIndex([ALI])
    index.add(Candidate(2, "+22376000002", "ali maiga"))
    assert index.match(SoughtPerson("+22376000002", "maiga")).candidate_id == 2
    assert index.match(SoughtPerson("+22376000003", "ali maiga")).kind is MatchKind.POSSIBLE
