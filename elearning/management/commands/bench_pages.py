"""manage.py bench_pages: what each kind of page costs on the data of this database."""

import gzip
import statistics
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleAssignment
from elearning.arrival import url_or_none

# The role that opens the page (None: a visitor), then its name or its path.
PAGES: tuple[tuple[Role | None, str], ...] = (
    (None, "/"),
    (None, "/formations/"),
    (None, "account_login"),
    (None, "trainers:directory"),
    (Role.TRAINER, "trainers:session_list"),
    (Role.TRAINER, "assessments:my_space"),
    (Role.COMMITTEE, "trainers:session_list"),
    (Role.COMMITTEE, "indicators:matrix"),
)


@dataclass(frozen=True)
class Cost:
    """One page: median time in milliseconds, queries, and bytes of HTML before and after gzip."""

    path: str
    status: int
    milliseconds: float
    queries: int
    html_bytes: int
    sent_bytes: int


class Command(BaseCommand):
    help = "Mesure le temps, les requêtes et le poids des pages principales sur cette base."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--runs", type=int, default=5, help="mesures par page (5)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["runs"] < 1:
            raise CommandError(_("Il faut au moins une mesure par page."))
        self.stdout.write("   ms  requêtes  HTML ko  envoyé ko  page")
        for role, page in PAGES:
            path = page if page.startswith("/") else url_or_none(page)
            if path is None:
                continue
            cost = measure(signed_in_as(role), path, runs=options["runs"])
            self.stdout.write(
                f"{cost.milliseconds:5.0f}  {cost.queries:8}  {cost.html_bytes / 1000:7.1f}"
                f"  {cost.sent_bytes / 1000:9.1f}  {cost.path} ({role or 'visiteur'},"
                f" {cost.status})"
            )


def signed_in_as(role: Role | None) -> Client:
    """Return a browser signed in as the first account that holds `role`."""
    client = Client()
    if role is None:
        return client
    assignment = RoleAssignment.objects.filter(role=role).order_by("pk").first()
    if assignment is None:
        raise CommandError(_("Aucun compte n'a le rôle %s : lancez d'abord make demo-data.") % role)
    client.force_login(assignment.user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def measure(client: Client, path: str, *, runs: int) -> Cost:
    """Open `path` once to warm up, then `runs` times."""
    client.get(path)
    times = []
    with CaptureQueriesContext(connection) as captured:
        for _run in range(runs):
            started = time.perf_counter()
            response = client.get(path)
            times.append((time.perf_counter() - started) * 1000)
    return Cost(
        path=path,
        status=response.status_code,
        milliseconds=statistics.median(times),
        queries=len(captured) // runs,
        html_bytes=len(response.content),
        sent_bytes=len(gzip.compress(response.content, 6)),
    )
