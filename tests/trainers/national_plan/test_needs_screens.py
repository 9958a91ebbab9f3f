"""The survey of needs on screen: public and light, private to the plan where it is read."""

import datetime
import gzip
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from tests.factories.accounts import make_country, make_profession, make_region, make_user
from tests.trainers.national_plan.test_surveys import filled, make_survey, topics
from trainers.models import NeedsAnswer, NeedsRating, NeedsSurvey
from trainers.national_plan import answer_limits

pytestmark = pytest.mark.django_db


def public_url(survey: NeedsSurvey) -> str:
    return f"/besoins-de-formation/{survey.token}/"


def given(**changes: object) -> dict[str, Any]:
    first, second = topics("law", "data")
    return {
        "uuid": str(uuid.uuid4()),
        "category": "avocat",
        "territory": "segou",
        f"u{first.pk}": "5",
        f"e{first.pk}": "1",
        f"u{second.pk}": "",
        f"e{second.pk}": "",
        **changes,
    }


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_anybody_answers_once_without_signing_in(client: Client) -> None:
    make_profession()
    make_region()
    survey, answer = make_survey(), given()

    for _click in range(2):
        reply = client.post(public_url(survey), answer)

    assert reply["Location"] == f"{public_url(survey)}merci/"
    assert "Merci" in text_of(client.get(reply["Location"]))
    kept = NeedsAnswer.objects.get()
    assert (kept.category.code, kept.territory.code) == ("avocat", "segou")
    assert [(one.topic.code, one.usefulness, one.ease) for one in NeedsRating.objects.all()] == [
        ("law", 5, 1)
    ]


def test_half_an_answer_is_told_and_kept_on_the_page(client: Client) -> None:
    survey = make_survey()
    first = topics("law")[0]

    half = given(category="", territory="", **{f"e{first.pk}": ""})
    page = client.post(public_url(survey), half)
    nothing = client.post(public_url(survey), half | {f"u{first.pk}": ""})

    assert "Répondez aussi à cette question." in text_of(page)
    assert re.search(r'<option value="5" selected', page.content.decode())
    assert "Donnez votre avis sur un thème au moins." in text_of(nothing)
    assert not NeedsAnswer.objects.exists()


def test_form_is_light_and_says_every_figure_in_words(client: Client) -> None:
    topics(*(f"theme-{number}" for number in range(12)))
    for number in range(9):
        make_profession(f"metier-{number}", f"Métier {number}", f"categorie-{number}")

    page = client.get(public_url(make_survey()))

    assert len(gzip.compress(page.content)) < 30_000
    assert "5 · utile chaque jour" in text_of(page)
    assert page.content.count(b"<select") == 2 + 12 * 2
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_closed_survey_takes_nothing(client: Client) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    survey = make_survey(opens_on=yesterday, closes_on=yesterday)

    page = client.post(public_url(survey), given())

    assert "Cette enquête est ouverte du" in text_of(page)
    assert not NeedsAnswer.objects.exists()
    assert client.get("/besoins-de-formation/inconnu/").status_code == 404


def test_one_address_does_not_answer_for_ever(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_limits, "ANSWERS", 2)
    survey = make_survey()
    last = given()
    for answer in (given(), last):
        client.post(public_url(survey), answer | {"category": "", "territory": ""})

    refused = client.post(public_url(survey), given(category="", territory=""))
    repeated = client.post(public_url(survey), last | {"category": "", "territory": ""})

    assert (refused.status_code, repeated.status_code) == (429, 302)
    assert NeedsAnswer.objects.count() == 2


def test_committee_opens_a_survey_once_and_hands_it_out(client: Client) -> None:
    client.force_login(make_user(Role.COMMITTEE))
    today = timezone.localdate()
    facts = {"token": "abcdefghijkl", "title": "Vos besoins", "opens_on": today, "closes_on": today}

    for _click in range(2):
        reply = client.post("/plan-de-formation/besoins/", facts)
    survey = NeedsSurvey.objects.get()
    page = client.get(reply["Location"])

    assert "/besoins-de-formation/abcdefghijkl/" in text_of(page)
    paper = client.get(f"{reply['Location']}feuille/")
    assert paper.content.startswith(b"%PDF")
    assert b"<svg" in client.get(f"{reply['Location']}code-qr/").content
    later = today + datetime.timedelta(days=9)
    client.post(reply["Location"], {"opens_on": today, "closes_on": later})
    survey.refresh_from_db()
    assert survey.closes_on == later


def test_papers_are_typed_one_after_the_other(client: Client) -> None:
    make_country()
    make_profession()
    make_region()
    client.force_login(make_user(Role.FOCAL_POINT))
    survey = make_survey()
    url = f"/plan-de-formation/besoins/{survey.pk}/saisie/"
    day = timezone.localdate() - datetime.timedelta(days=3)

    reply = client.post(url, given(answered_on=day.isoformat()))
    following = client.get(reply["Location"]).context["form"]

    assert NeedsAnswer.objects.get().answered_on == day
    assert [following[name].value() for name in ("category", "territory", "answered_on")] == [
        "avocat",
        "segou",
        day.isoformat(),
    ]
    first = topics("law")[0]
    wrong = client.post(url, given(answered_on=day.isoformat(), **{f"u{first.pk}": "7"}))
    assert wrong.status_code == 200
    assert NeedsAnswer.objects.count() == 1


def test_committee_ranks_by_group_and_adds_to_the_plan(client: Client) -> None:
    survey = filled()
    client.force_login(make_user(Role.COMMITTEE))
    url = f"/plan-de-formation/besoins/{survey.pk}/"

    page = client.get(url, {"public": "enqueteur", "territoire": "segou"})  # one at a time

    assert page.context["label"] == "Enqueteur"
    first = page.context["needs"][0]
    assert (first["topic"], first["score"], first["n"], first["is_fragile"]) == (
        "Data",
        "16,0",
        3,
        True,
    )
    form = client.get(first["plan_url"]).context["form"]
    assert (form["topic"].value(), form["category"].value()) == ("data", "enqueteur")
    assert "besoin 16,0 sur 25 (n = 3)" in form["note"].value()


def test_focal_point_sees_no_small_group(client: Client) -> None:
    survey = filled()
    client.force_login(make_user(Role.FOCAL_POINT))
    url = f"/plan-de-formation/besoins/{survey.pk}/"

    page = client.get(url, {"public": "enqueteur"})

    assert page.context["needs"] == []
    assert "Moins de 5 réponses" in text_of(page)
    assert "16,0" not in text_of(page)
    assert client.post("/plan-de-formation/besoins/", {"title": "x"}).status_code == 200
    assert NeedsSurvey.objects.count() == 1


def test_others_do_not_read_a_survey(client: Client) -> None:
    survey = filled()
    client.force_login(make_user(Role.TRAINER))

    for path in ("", f"{survey.pk}/", f"{survey.pk}/saisie/", f"{survey.pk}/feuille/"):
        answer = client.get(f"/plan-de-formation/besoins/{path}")
        assert answer.status_code == 403


@pytest.mark.parametrize("surveys", [1, 3])
def test_list_takes_the_same_queries(
    client: Client, django_assert_num_queries: Any, surveys: int
) -> None:
    for _number in range(surveys):
        make_survey()
    client.force_login(make_user(Role.COMMITTEE))
    client.get("/plan-de-formation/besoins/")

    with django_assert_num_queries(4):
        client.get("/plan-de-formation/besoins/")
