"""A survey of needs: anonymous, once, on the phone as on paper."""

import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

from courses.awareness_sheets import page_count
from courses.models import Topic
from tests.factories.accounts import make_profession, make_region
from trainers.models import NeedsAnswer, NeedsRating, NeedsSurvey
from trainers.national_plan.needs_results import given_in, results_of
from trainers.national_plan.needs_sheet import needs_sheet
from trainers.national_plan.surveys import (
    SurveyRefused,
    open_survey,
    record_answer,
    set_survey_dates,
)

pytestmark = pytest.mark.django_db


def topics(*codes: str) -> list[Topic]:
    return [
        Topic.objects.get_or_create(code=code, defaults={"name": code.capitalize()})[0]
        for code in codes
    ]


def make_survey(**facts: Any) -> NeedsSurvey:
    today = timezone.localdate()
    facts.setdefault("title", "Vos besoins de formation")
    facts.setdefault("opens_on", today - datetime.timedelta(days=30))
    facts.setdefault("closes_on", today + datetime.timedelta(days=30))
    return open_survey(**facts)


def answer(survey: NeedsSurvey, ratings: dict[str, tuple[int, int]], **facts: Any) -> NeedsAnswer:
    facts.setdefault("uuid", uuid.uuid4())
    facts.setdefault("category", None)
    facts.setdefault("territory", None)
    known = {topic.code: topic for topic in topics(*ratings)}
    return record_answer(
        survey=survey, ratings={known[code]: pair for code, pair in ratings.items()}, **facts
    )


def test_the_same_uuid_is_one_answer() -> None:
    survey, once = make_survey(), uuid.uuid4()

    first = answer(survey, {"law": (5, 1)}, uuid=once)
    again = answer(survey, {"law": (1, 5), "data": (3, 3)}, uuid=once)

    assert again == first
    assert [(one.usefulness, one.ease) for one in NeedsRating.objects.all()] == [(5, 1)]


def test_an_answer_holds_a_day_and_nothing_that_names() -> None:
    answer(make_survey(), {"law": (5, 1)}, category=make_profession().category)

    held = {field.name for field in NeedsAnswer._meta.fields}
    assert held == {"id", "uuid", "survey", "category", "territory", "answered_on"}
    assert NeedsAnswer.objects.get().answered_on == timezone.localdate()


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-31, "n'est pas ouverte"), (31, "n'est pas ouverte"), (1, "dans l'avenir")],
)
def test_a_day_outside_the_survey_is_refused(days: int, sentence: str) -> None:
    survey = make_survey()
    day = timezone.localdate() + datetime.timedelta(days=days)

    with pytest.raises(SurveyRefused, match=sentence):
        answer(survey, {"law": (5, 1)}, answered_on=day)
    assert not NeedsAnswer.objects.exists()


def test_an_empty_answer_and_one_off_the_scale_are_refused() -> None:
    survey = make_survey()

    with pytest.raises(SurveyRefused, match="un thème au moins"):
        answer(survey, {})
    with pytest.raises(SurveyRefused, match="de 1 à 5"):
        answer(survey, {"law": (6, 1)})
    assert not NeedsAnswer.objects.exists()


def test_a_survey_is_opened_once_and_its_dates_may_move() -> None:
    first = make_survey(token="abcdefghijkl")
    again = make_survey(token="abcdefghijkl", title="Autre")
    today = timezone.localdate()

    assert again == first
    moved = set_survey_dates(survey=first, opens_on=today, closes_on=today)
    assert (moved.opens_on, moved.closes_on) == (today, today)
    yesterday = today - datetime.timedelta(days=1)
    with pytest.raises(SurveyRefused, match="après son ouverture"):
        set_survey_dates(survey=first, opens_on=today, closes_on=yesterday)
    with pytest.raises(SurveyRefused, match="après son ouverture"):
        make_survey(opens_on=today, closes_on=yesterday)
    with pytest.raises(SurveyRefused, match="un titre"):
        make_survey(title="  ")


def filled() -> NeedsSurvey:
    """Twelve lawyers in Ségou, three investigators in Kayes: law for all, data for some."""
    survey = make_survey()
    lawyers = make_profession().category
    investigators = make_profession("opj", "Enquêteur", "enqueteur").category
    kayes = make_region("kayes", "Kayes")
    for number in range(12):
        ratings = {"law": (5, 1)} if number else {"law": (5, 1), "data": (1, 5)}
        answer(survey, ratings, category=lawyers, territory=make_region())
    for _number in range(3):
        answer(survey, {"law": (2, 4), "data": (4, 2)}, category=investigators, territory=kayes)
    return survey


def test_committee_sees_every_group_with_its_n() -> None:
    results = results_of(given_in(filled()), masked=False)

    # law: (12 × 25 + 3 × 4) / 15 = 20.8; data: (1 + 3 × 16) / 4 = 12.25
    assert [(need.topic, need.n, round(need.score, 2)) for need in results.whole.needs] == [
        ("law", 15, 20.8),
        ("data", 4, 12.25),
    ]
    assert [(group.key, group.n) for group in results.by_category] == [
        ("avocat", 12),
        ("enqueteur", 3),
    ]
    assert [need.topic for need in results.by_territory[1].needs] == ["data", "law"]


def test_outside_the_committee_small_cells_and_their_complement_are_hidden() -> None:
    results = results_of(given_in(filled()), masked=True)

    assert [(need.topic, need.n) for need in results.whole.needs] == [("law", 15)]
    assert results.whole.hidden_topics == 1
    # Three investigators are found by 15 − 12: the lawyers are hidden with them.
    assert [(group.key, group.n, group.needs) for group in results.by_category] == [
        ("avocat", None, []),
        ("enqueteur", None, []),
    ]


def test_a_whole_survey_of_few_answers_is_hidden() -> None:
    survey = make_survey()
    for _number in range(4):
        answer(survey, {"law": (5, 1)})

    results = results_of(given_in(survey), masked=True)

    assert (results.whole.n, results.whole.needs) == (None, [])


def test_paper_is_one_page_and_always_the_same() -> None:
    for number in range(9):
        make_profession(f"metier-{number}", f"Métier {number}", f"categorie-{number}")
    topics(*(f"theme-{number}-au-nom-assez-long-pour-une-ligne-entiere" for number in range(10)))
    survey = make_survey(title="Vos besoins de formation contre la traite des personnes en 2027")

    pdf = needs_sheet(survey, "https://exemple.test/besoins-de-formation/abcdefghijkl/")

    assert page_count(pdf) == 1
    assert pdf == needs_sheet(survey, "https://exemple.test/besoins-de-formation/abcdefghijkl/")
