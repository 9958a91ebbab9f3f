"""What a session's tests say, on tables worked out by hand."""

import pytest

from assessments.forms_freeze import withdraw_item
from assessments.session_results import item_analysis, knowledge_gain, session_summary
from tests.factories.accounts import make_person, make_profession
from tests.factories.assessments import make_copy, make_form, make_participation
from tests.factories.trainers import attend, complete_file, make_session
from trainers.models import Participation
from trainers.participation.records import enrol

pytestmark = pytest.mark.django_db

KEY = "A" * 10


def copy_of(right: int) -> str:
    return "A" * right + "B" * (10 - right)


def take(participation: Participation, form: object, *, pre: int | None, post: int | None) -> None:
    for occasion, right in (("PRE", pre), ("POST", post)):
        if right is not None:
            make_copy(participation, form, occasion, copy_of(right))


def test_unpaired_people_are_counted_never_dropped() -> None:
    session, form = make_session(), make_form(key=KEY)
    for pre, post in ((4, 8), (6, 8), (5, None), (None, 9)):
        take(make_participation(session), form, pre=pre, post=post)

    report = knowledge_gain(session)

    pairing = report.pairing
    assert (pairing.n_pre, pairing.n_post, pairing.n_paired) == (3, 3, 2)
    assert pairing.pairing_rate == 50.0
    assert (report.gain.mean_pre, report.gain.mean_post, report.gain.gain) == (50.0, 80.0, 30.0)
    assert report.gain.verdict == "non concluant"


def test_forms_that_are_not_parallel_show_no_gain() -> None:
    session = make_session()
    before, after = make_form("x", KEY), make_form("y", KEY)
    for _ in range(12):
        participation = make_participation(session)
        make_copy(participation, before, "PRE", copy_of(3))
        make_copy(participation, after, "POST", copy_of(9))

    report = knowledge_gain(session)

    assert (report.is_shown, report.n_not_parallel, report.pairing.n_paired) == (False, 12, 0)
    assert (report.pairing.n_pre, report.pairing.n_post) == (12, 12)
    assert (report.gain.gain, report.gain.mastery70_post_share) == (None, None)
    assert report.gain.verdict == "non concluant"
    assert report.gain.verdict_reason == (
        "Le pré-test et le post-test n'utilisent pas des formulaires parallèles : aucun gain n'est "
        "montré."
    )


def test_parallel_forms_are_paired_even_swapped() -> None:
    session = make_session()
    a, b = (make_form(code, KEY, parallel_group="paire") for code in ("a", "b"))
    for rank in range(12):
        participation = make_participation(session)
        make_copy(participation, (a, b)[rank % 2], "PRE", copy_of(4 + rank % 3))
        make_copy(participation, (b, a)[rank % 2], "POST", copy_of(8))

    report = knowledge_gain(session)

    assert (report.pairing.n_paired, report.gain.gain) == (12, 30.0)
    assert report.gain.verdict == "gain établi"


def test_over_several_sessions_those_not_parallel_count_as_unpaired() -> None:
    one, two = make_session(), make_session()
    form, other = make_form("x", KEY), make_form("y", KEY)
    for _ in range(3):
        take(make_participation(one), form, pre=4, post=8)
    stray = make_participation(two)
    make_copy(stray, form, "PRE", copy_of(1))
    make_copy(stray, other, "POST", copy_of(9))

    report = knowledge_gain(Participation.objects.filter(session__in=[one, two]))

    assert (report.is_shown, report.n_not_parallel, report.pairing.n_paired) == (True, 1, 3)
    assert (report.pairing.pairing_rate, report.gain.gain) == (75.0, 40.0)


def test_a_copy_begun_and_not_handed_in_is_no_result() -> None:
    from uuid import uuid4

    from assessments.attempts import start_attempt

    session, form = make_session(), make_form(key=KEY)
    start_attempt(
        uuid=uuid4(), participation=make_participation(session), occasion="PRE", form=form
    )

    assert knowledge_gain(session).pairing.n_pre == 0
    assert knowledge_gain(session).pairing.pairing_rate is None


def test_the_summary_counts_upwards() -> None:
    session, form = make_session(), make_form(key=KEY)
    lawyer = make_profession()
    everything = (1, 2, 3, 4)
    certified = attend(session, make_person(sex="F", profession=lawyer), positions=everything)
    attend(session, make_person(sex="M", profession=lawyer), positions=everything)
    attend(session, make_person(), positions=everything)
    attend(session, make_person(sex="M"), positions=(1,))
    enrol(session=session, person=make_person())
    make_copy(certified, form, "POST", copy_of(9))
    complete_file(session)
    session.refresh_from_db()

    assert session_summary(session) == {
        "code": session.code,
        "persons": 5,
        "present": 4,
        "informed": 1,
        "trained": 3,
        "certified": 1,
        "trained_by_category": {"avocat": 2, "non-renseigne": 1},
        "trained_by_sex": {"F": 1, "M": 1, "non-renseigne": 1},
        "n_pre": 0,
        "n_post": 1,
        "flags": [],
    }


def test_the_summary_flags_what_is_missing() -> None:
    flags = session_summary(make_session())["flags"]

    assert {flag["code"] for flag in flags} == {"MISSING_EVIDENCE"}
    assert "Il manque le rapport de la session." in [flag["sentence"] for flag in flags]


def test_items_are_analysed_in_one_session_or_in_all() -> None:
    one, two, form = make_session(), make_session(), make_form(key=KEY)
    take(make_participation(one), form, pre=10, post=None)
    take(make_participation(one), form, pre=4, post=None)
    take(make_participation(two), form, pre=0, post=10)

    here, everywhere = item_analysis(form, "PRE", one), item_analysis(form, "PRE")

    assert (here.analysis.n, everywhere.analysis.n) == (2, 3)
    assert [item.difficulty for item in here.items] == [1.0] * 4 + [0.5] * 6
    assert here.items[9].distractors == {"A": 1, "B": 1, "C": 0, "D": 0, "": 0}
    assert (here.items[9].right_letter, here.items[9].code) == ("A", "Q10")
    assert here.analysis.is_shown is False


def test_a_withdrawn_item_is_left_out_of_the_analysis() -> None:
    session, form = make_session(), make_form(key=KEY)
    take(make_participation(session), form, pre=5, post=None)
    withdraw_item(item=form.items.get(position=3), reason="Ambiguë", by=None)

    found = item_analysis(form, "PRE", session)

    assert found.withdrawn_positions == (3,)
    assert [item.position for item in found.items] == [1, 2, 4, 5, 6, 7, 8, 9, 10]


def test_an_analysis_without_copies_has_items_and_no_figures() -> None:
    found = item_analysis(make_form(key=KEY), "PRE")

    assert (found.analysis.n, found.analysis.kr20) == (0, None)
    assert [item.difficulty for item in found.items] == [None] * 10
