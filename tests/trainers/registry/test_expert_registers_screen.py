import datetime

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import make_trainer
from trainers.models import Trainer
from trainers.registry.listing_consent import state_consent
from trainers.registry.records import register_trainer

pytestmark = pytest.mark.django_db
PAGE = "/formateurs/registres/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2025, 6, 1, 8, tzinfo=datetime.UTC), tick=False):
        yield


def expert(name: str, *registers: str) -> Trainer:
    trainer = make_trainer(make_person(name, "Sira"), qualified=True)
    return register_trainer(
        person=trainer.person, base_territory=trainer.base_territory, expertise=registers
    )


def test_committee_reads_who_is_in_each_register(client: Client) -> None:
    client.force_login(make_user(Role.COMMITTEE))
    expert("BA", "SPECIAL_INVESTIGATION", "BORDERS")
    expert("SOW", "BORDERS")
    registers = {
        str(one["label"]): [str(entry.trainer) for entry in one["experts"]]
        for one in client.get(PAGE).context["registers"]
    }
    assert registers["Techniques spéciales d'enquête"] == ["Sira BA"]
    assert registers["Frontières et mobilité"] == ["Sira BA", "Sira SOW"]
    assert sum(len(names) for names in registers.values()) == 3
    assert "jusqu'au 1 janvier 2026" in " ".join(client.get(PAGE).content.decode().split())


@pytest.mark.parametrize("role", [Role.TRAINER, Role.FOCAL_POINT, Role.PARTNER, Role.ADMINISTRATOR])
def test_registers_are_closed_to_everybody_else(client: Client, role: str) -> None:
    expert("SECRET", "SPECIAL_INVESTIGATION")
    client.force_login(make_user(role))
    answer = client.get(PAGE)
    assert answer.status_code == 403
    assert b"SECRET" not in answer.content


def test_register_of_special_investigation_is_never_on_a_public_page(client: Client) -> None:
    trainer = expert("BA", "SPECIAL_INVESTIGATION", "BORDERS")
    state_consent(trainer=trainer, given_on=datetime.date(2025, 5, 1))
    page = f"/formateurs/{trainer.pk}/"
    public = client.get(page).content.decode()
    client.force_login(make_user(Role.TRAINER))
    staff = client.get(page).content.decode()

    words = ("Frontières et mobilité", "Techniques spéciales d")
    assert [word in public for word in words] == [True, False]
    assert [word in staff for word in words] == [True, True]


@pytest.mark.parametrize("experts", [1, 3])
def test_registers_ask_as_often_for_1_expert_as_for_3(
    client: Client, experts: int, django_assert_num_queries
) -> None:
    client.force_login(make_user(Role.COMMITTEE))
    for _ in range(experts):
        expert("BA", "DATA")
    with django_assert_num_queries(4):  # session, account, roles, entries
        client.get(PAGE)
