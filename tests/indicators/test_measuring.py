import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person, Profession, Territory
from assessments.enums import SkillsUse
from assessments.follow_ups import answer_follow_up, send_follow_ups
from indicators.enums import ComparedFigure, Method
from indicators.measured import Status
from indicators.measuring import measure_all
from indicators.models import Indicator, ReferenceSheet
from indicators.periods import parse_period
from indicators.plan_loading import PlanTotals
from indicators.tallies import Dimension
from tests.factories.accounts import make_cercle, make_person, make_region
from tests.factories.assessments import make_form
from tests.factories.indicators import (
    NONE,
    SOME,
    Attendee,
    crowd,
    figures,
    handed_over,
    held_event,
    held_session,
    make_committee,
    measured,
)
from trainers.enums import DocumentKind
from trainers.models import Participation

pytestmark = pytest.mark.django_db
BY = tuple(Dimension)


def plain_spaces(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def profession(code: str) -> Profession:
    return Profession.objects.get(code=code)


# --- Counts ------------------------------------------------------------------------------------


def test_a_session_counts_against_the_target_only_once_validated(plan: PlanTotals) -> None:
    held_session("V", crowd(3), validated_by=make_committee())
    held_session("P", crowd(4))

    measure = measured("1.1.2-b")

    assert figures(measure) == (7, 3, 7)
    assert (measure.pending_sessions, measure.status) == (1, Status.BEHIND)
    assert measure.warnings == ["1 dossier attend sa validation et ne compte pas encore."]


def test_figures_are_provisional_while_nothing_is_validated(plan: PlanTotals) -> None:
    held_session("P", crowd(6))

    measure = measured("1.1.2-b")

    assert (measure.all.value, measure.validated.value) == (6, 0)
    assert measure.status == Status.PROVISIONAL


def test_informed_counts_trained_too_and_trained_leaves_the_rest_out(plan: PlanTotals) -> None:
    held_session("A", [*crowd(2), *crowd(3, half_days=SOME), *crowd(4, half_days=NONE)])

    assert measured("1.1.1-a").all.value == 5
    assert measured("1.1.2-b").all.value == 2


def test_awareness_sessions_never_count_as_training(plan: PlanTotals) -> None:
    held_session("A", crowd(3), type_="AWARENESS")
    held_session("T", crowd(2), type_="TOT")

    assert measured("1.1.1-a").all.value == 5
    assert measured("1.1.2-b").all.value == 2
    assert measured("1.1.2-c").all.value == 1


def test_a_session_where_nobody_came_was_not_held(plan: PlanTotals) -> None:
    held_session("A", crowd(3, half_days=NONE))

    assert measured("1.1.2-c").all.value == 0


def test_a_session_belongs_to_the_period_in_which_it_ends(plan: PlanTotals) -> None:
    held_session("A", crowd(1), starts_on=datetime.date(2024, 12, 31))

    assert [measured("1.1.2-c", period).all.value for period in ("2024", "2025", "2025-01")] == [
        0, 1, 1
    ]  # fmt: skip


def test_persons_are_recounted_over_years_and_never_summed(plan: PlanTotals) -> None:
    person = make_person()
    for code, year in (("A", 2024), ("B", 2025), ("C", 2025)):
        held_session(code, [Attendee(person=person)], starts_on=datetime.date(year, 5, 5))

    counts = [measured("1.1.2-b", period).all for period in ("2024", "2025", "plan")]

    assert [(one.value, one.participations, one.unique_persons) for one in counts] == [
        (1, 1, 1), (2, 2, 1), (3, 3, 1)
    ]  # fmt: skip


def test_a_merged_record_counts_as_the_person_kept(plan: PlanTotals) -> None:
    kept, duplicate = make_person(), make_person()
    held_session("A", [Attendee(person=kept, half_days=SOME), Attendee(person=duplicate)])
    held_session("B", [Attendee(person=duplicate)], starts_on=datetime.date(2025, 6, 2))
    Person.objects.filter(pk=duplicate.pk).update(merged_into=kept)

    measure = measured("1.1.2-b")

    assert (measure.all.participations, measure.all.unique_persons) == (2, 1)


def test_chain_topics_and_categories_restrict_as_the_sheet_says(plan: PlanTotals) -> None:
    mixed = [
        *crowd(2, profession=profession("opj-police")),
        *crowd(3, profession=profession("magistrat-siege")),
        *crowd(4, profession=profession("travailleur-social")),
        Attendee(),
    ]
    held_session("T", mixed, topics=["techniques-speciales-enquete"])
    held_session("L", mixed, topics=["cadre-juridique"], starts_on=datetime.date(2025, 6, 2))

    codes = ("3.1.1-a", "3.1.1-b", "3.1.1-c", "3.2.1-c", "4.1.1.b", "1.1.2-b")
    assert {code: measured(code).all.value for code in codes} == {
        "3.1.1-a": 2, "3.1.1-b": 3, "3.1.1-c": 0, "3.2.1-c": 5, "4.1.1.b": 0, "1.1.2-b": 20
    }  # fmt: skip


def test_coverage_divides_persons_by_the_known_corps_and_warns(plan: PlanTotals) -> None:
    judge = make_person()
    for code, day in (("A", 4), ("B", 18)):
        held_session(
            code,
            [
                Attendee(person=judge, profession=profession("magistrat-siege")),
                *crowd(5, profession=profession("magistrat-parquet")),
            ],
            topics=["cadre-juridique"],
            starts_on=datetime.date(2025, 3, day),
        )

    measure = measured("3.1.1-b")

    assert (measure.all.participations, measure.all.unique_persons) == (12, 11)
    assert measure.all.coverage == pytest.approx(11 * 100 / 528)
    assert plain_spaces(measure.warnings[0]) == (
        "La cible (1 500) dépasse l'effectif connu du corps (528 en 2021) : elle ne peut "
        "pas être un nombre de personnes."
    )


def test_the_sheet_in_force_chooses_the_figure_compared(plan: PlanTotals) -> None:
    lawyer = profession("avocat")
    held_session("A", crowd(61, profession=lawyer), topics=["cadre-juridique"])
    first = ReferenceSheet.objects.get(indicator__code="3.1.1-c")
    ReferenceSheet.objects.create(
        indicator=first.indicator,
        version=2,
        effective_on=datetime.date(2025, 1, 1),
        method=first.method,
        compared_figure=ComparedFigure.COVERAGE,
        topics=first.topics,
        categories=first.categories,
        formula="Couverture",
        source=first.source,
        reason="Décision du comité",
    )

    measure = measured("3.1.1-c")

    assert (measure.sheet.version, measure.all.value) == (2, 20)
    assert measured("3.1.1-c", "2024").sheet.version == 1


def test_skills_in_use_counts_the_yes_and_prints_the_response_rate(plan: PlanTotals) -> None:
    session = held_session("A", crowd(4), starts_on=datetime.date(2024, 11, 4))
    people = list(Participation.objects.filter(session=session).order_by("pk"))
    after_3 = send_follow_ups(participations=people, months=3, sent_on=datetime.date(2025, 2, 5))
    after_6 = send_follow_ups(
        participations=people[:1], months=6, sent_on=datetime.date(2025, 5, 5)
    )
    for follow_up, answer in (
        (after_3[0], SkillsUse.YES), (after_3[1], SkillsUse.NO), (after_6[0], SkillsUse.YES)
    ):  # fmt: skip
        answer_follow_up(
            follow_up=follow_up,
            uses_skills=answer,
            answered_on=follow_up.sent_on + datetime.timedelta(days=3),
        )

    measure = measured("2.2.1.a")

    assert (measure.all.value, measure.all.n, measure.all.unique_persons) == (1, 2, 1)
    assert measure.counted is not None
    assert measure.counted.extra == {"response_rate": 60.0}
    assert "Taux de réponse au suivi : 60 %." in [plain_spaces(one) for one in measure.warnings]
    assert measured("2.2.1.a", "2024").all.value == 0


# --- Unnamed facts -----------------------------------------------------------------------------


def test_headcounts_never_become_unique_persons(plan: PlanTotals) -> None:
    held_event("E1", {("F", "ADULT"): 40, ("M", "ADULT"): 30}, validated_by=make_committee())
    held_event("E2", {("", "UNKNOWN"): 7}, held_on=datetime.date(2025, 7, 30))

    measure = measured("1.1.1-b", by=BY)

    assert figures(measure) == (77, 70, None)
    assert measure.all.participations is None
    assert {cell.label: cell.all.value for cell in measure.by[Dimension.SEX]} == {
        "Femme": 40, "Homme": 30, "Non renseigné": 7
    }  # fmt: skip
    assert measure.by[Dimension.CATEGORY] == []


def test_event_share_divides_right_answers_by_answers(plan: PlanTotals) -> None:
    held_event("E1", {("F", "ADULT"): 40}, post=(30, 24), validated_by=make_committee())
    held_event("E2", {("F", "ADULT"): 40}, post=(10, 2))
    held_event("E3", {("F", "ADULT"): 40})

    measure = measured("1.1-b")

    assert (measure.all.value, measure.all.n, measure.validated.value) == (65.0, 40, 80.0)
    assert measure.status == Status.REACHED


def test_copies_count_paper_and_tools_count_titles(plan: PlanTotals) -> None:
    handed_over(100)
    handed_over(50, receipt="")
    handed_over(20, kind=DocumentKind.HARMONISED_MANUAL, edition="2024")
    handed_over(9, kind=DocumentKind.SHEET)

    assert figures(measured("3.2.1-a"))[:2] == (150, 100)
    assert figures(measured("1.1.2-a"))[:2] == (2, 2)


# --- Knowledge ---------------------------------------------------------------------------------


def test_mastery_share_rests_on_pairs_only(plan: PlanTotals) -> None:
    held_session(
        "A",
        [
            *crowd(6, pre=40, post=70),
            *crowd(4, pre=50, post=60),
            *crowd(1, pre=90),
            *crowd(2, post=100),
        ],
        validated_by=make_committee(),
    )

    measure = measured("1.1-a")

    assert (measure.all.value, measure.all.numerator, measure.all.n) == (60.0, 6, 10)
    assert measure.pairing is not None
    assert (measure.pairing.n_pre, measure.pairing.n_post) == (11, 12)
    assert measure.pairing.pairing_rate == pytest.approx(10 * 100 / 13)
    assert measure.pairing.reliable_gain20_exact_share == 60.0
    assert measure.status == Status.NEAR


@pytest.mark.parametrize(
    ("attendees", "sentence"),
    [
        (
            crowd(9, pre=40, post=90),
            "Non concluant : 9 paires et 100 % d'appariement ; il en faut 10 et 70 %.",
        ),
        (
            [*crowd(12, pre=40, post=90), *crowd(6, pre=40)],
            "Non concluant : 12 paires et 66,7 % d'appariement ; il en faut 10 et 70 %.",
        ),
    ],
)
def test_too_few_pairs_are_inconclusive(
    plan: PlanTotals, attendees: list[Attendee], sentence: str
) -> None:
    held_session("A", attendees, validated_by=make_committee())

    measure = measured("1.1-a")

    assert measure.status == Status.INCONCLUSIVE
    assert measure.all.value == 100.0
    assert [plain_spaces(warning) for warning in measure.warnings] == [sentence]


def test_forms_that_are_not_parallel_do_not_pair(plan: PlanTotals) -> None:
    held_session("A", crowd(10, pre=40, post=90), post_form=make_form("autre", "ABCDABCDAB"))

    measure = measured("1.1-a")

    assert measure.pairing is not None
    assert (measure.pairing.n_paired, measure.pairing.n_not_parallel) == (0, 10)
    assert (measure.all.value, measure.status) == (None, Status.NO_DATA)


def test_pairs_of_several_sessions_are_pooled_by_topic(plan: PlanTotals) -> None:
    held_session("A", crowd(8, pre=40, post=90), topics=["identification"])
    held_session("B", crowd(2, pre=40, post=40), topics=["referencement-assistance"])
    held_session("C", crowd(5, pre=40, post=40), topics=["cadre-juridique"])

    assert (measured("2.2.a-1").all.value, measured("2.2.a-1").all.n) == (80.0, 10)
    assert (measured("2.2.a-2").all.value, measured("2.2.a-2").all.n) == (0.0, 5)
    assert measured("1.1-a").all.n == 15


def test_the_committee_may_choose_reliable_gains(plan: PlanTotals) -> None:
    held_session("A", [*crowd(6, pre=80, post=90), *crowd(4, pre=40, post=60)])
    ReferenceSheet.objects.filter(indicator__code="1.1-a").update(method=Method.RELIABLE_GAIN_SHARE)

    assert measured("1.1-a").all.value == 40.0


def test_plan_value_of_a_percentage_is_the_mean_of_its_years(plan: PlanTotals) -> None:
    held_session("A", crowd(10, pre=40, post=90), starts_on=datetime.date(2024, 5, 6))
    held_session("B", [*crowd(5, pre=40, post=90), *crowd(5, pre=40, post=50)])

    assert [measured("1.1-a", period).all.value for period in ("2024", "2025", "plan")] == [
        100.0, 50.0, 75
    ]  # fmt: skip


# --- Cells, declared indicators, scope ----------------------------------------------------------


def test_cells_add_up_and_a_cercle_rolls_up_to_its_region(plan: PlanTotals) -> None:
    segou, kayes = make_region(), Territory.objects.get(code="kayes")
    held_session(
        "A",
        [
            *crowd(3, territory=make_cercle(segou), sex="F", profession=profession("avocat")),
            *crowd(2, territory=segou, sex="M"),
            *crowd(1, territory=kayes, sex=""),
            *crowd(1),
        ],
    )

    measure = measured("1.1.2-b", by=BY)

    cells = {
        dimension.value: {cell.label: cell.all.participations for cell in cells}
        for dimension, cells in measure.by.items()
    }
    assert cells == {
        "sex": {"Femme": 4, "Homme": 2, "Non renseigné": 1},
        "category": {"Avocats": 3, "Non renseigné": 4},
        "region": {"Kayes": 1, "Ségou": 5, "Non renseigné": 1},
    }


def test_declared_indicators_say_so(plan: PlanTotals) -> None:
    declared = [one for one in measure_all(parse_period("2025")) if one.status == Status.DECLARED]

    assert len(declared) == 23
    assert {one.all.value for one in declared} == {None}
    assert {one.sheet.method for one in declared} == {Method.DECLARED}


def test_every_measured_indicator_has_its_function(plan: PlanTotals) -> None:
    from indicators.measures import MEASURES

    here = {one.code for one in Indicator.objects.all() if one.is_measured_here}

    assert set(MEASURES) == here
    assert len({function.__name__ for function in MEASURES.values()}) == 16


@pytest.mark.parametrize("sessions", [1, 3])
def test_measuring_takes_the_same_queries_for_any_number_of_sessions(
    plan: PlanTotals, sessions: int
) -> None:
    for number in range(sessions):
        held_session(f"S{number}", crowd(2, pre=40, post=80))
        held_event(f"E{number}", {("F", "ADULT"): 4})

    with CaptureQueriesContext(
        connection,
    ) as queries:
        measure_all(parse_period("2025"), BY)

    assert len(queries) == 15
