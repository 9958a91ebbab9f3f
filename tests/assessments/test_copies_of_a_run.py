"""A test taken alone, in a self-paced run: the same pages, under the curriculum's title."""

import uuid

import pytest
from django.test import Client

from accounts.models import User
from assessments.attempts import start_attempt
from assessments.models import Attempt
from courses.progress import start_run
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_form
from tests.factories.courses import publish_curriculum
from trainers.models import Participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return make_user(person=make_person("TRAORE", "Awa"))


@pytest.fixture
def attempt(learner: User) -> Attempt:
    assert learner.person
    run = start_run(person=learner.person, curriculum=publish_curriculum("reperer"))
    participation = Participation.objects.get(course_run=run)
    return start_attempt(
        uuid=uuid.UUID(int=5), participation=participation, occasion="POST", form=make_form()
    )


def test_a_test_of_a_run_is_taken_under_the_title_of_its_curriculum(
    client: Client, learner: User, attempt: Attempt
) -> None:
    client.force_login(learner)
    address = f"/tests/{attempt.uuid}"

    first = client.get(f"{address}/1/")
    client.post(f"{address}/1/", {f"q{n}": "ABCDA"[n - 1] for n in range(1, 6)})
    client.post(f"{address}/2/", {f"q{n}": "BCDAB"[n - 6] for n in range(6, 11)})
    review = client.get(f"{address}/relecture/")
    result = client.post(f"{address}/relecture/", follow=True)

    assert "Formation reperer" in first.content.decode()
    assert "Toutes les questions ont une réponse." in review.content.decode()
    assert "10 bonnes réponses sur 10" in result.content.decode()
    assert "Formation reperer" in result.content.decode()


def test_a_copy_of_a_run_stays_closed_to_somebody_else(client: Client, attempt: Attempt) -> None:
    client.force_login(make_user())

    assert client.get(f"/tests/{attempt.uuid}/1/").status_code == 404
    assert client.get(f"/tests/{attempt.uuid}/resultat/").status_code == 404
