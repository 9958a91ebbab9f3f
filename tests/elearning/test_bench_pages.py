"""The bench measures what it says, and says what is missing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.enums import Role
from elearning.management.commands.bench_pages import measure, signed_in_as

pytestmark = pytest.mark.django_db


def test_measure_counts_the_queries_and_bytes_of_one_page() -> None:
    cost = measure(Client(), "/compte/connexion/", runs=3)

    assert (cost.status, cost.queries) == (200, 0)
    assert cost.html_bytes > cost.sent_bytes > 500


def test_bench_pages_names_the_role_that_no_account_holds() -> None:
    with pytest.raises(CommandError, match="make demo-data"):
        signed_in_as(Role.COMMITTEE)


def test_bench_pages_refuses_to_measure_nothing() -> None:
    with pytest.raises(CommandError, match="au moins une mesure"):
        call_command("bench_pages", runs=0, stdout=StringIO())
