"""Validate a session: from then on it counts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.sign_in import username_for
from assessments.management.lookups import session_of
from trainers.sessions.checks import has_tests
from trainers.sessions.planning import (
    CannotValidate,
    SessionRefused,
    explain_missing,
    submit_session,
    validate_session,
)


class Command(BaseCommand):
    help = (
        "Valide une session soumise, au nom d'une personne qui ne l'a ni animée ni saisie. "
        "Refuse, en disant tout ce qui manque : termes de référence, liste et présences, feuille "
        "signée ou appel confirmé par deux personnes, rapport, tests ou motif de leur absence."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code de la session")
        parser.add_argument(
            "--by", required=True, help="compte qui valide : identifiant, téléphone ou e-mail"
        )
        parser.add_argument(
            "--roll-call-confirmed-by", help="deux noms : « Awa Traoré ; Ali Maïga »"
        )
        parser.add_argument("--no-test-reason", help="motif de l'absence de tests")
        parser.add_argument(
            "--submit", action="store_true", help="soumet d'abord la session à validation"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        session = session_of(options["code"])
        user = User.objects.filter(username=username_for(options["by"]), is_active=True).first()
        if user is None:
            raise CommandError(f"Aucun compte actif ne s'appelle « {options['by']} ».")
        try:
            if options["no_test_reason"] or options["roll_call_confirmed_by"]:
                session = explain_missing(
                    session=session,
                    no_test_reason=options["no_test_reason"],
                    roll_call_confirmed_by=options["roll_call_confirmed_by"],
                )
            if options["submit"]:
                session = submit_session(session=session, by=None)
            session = validate_session(session=session, by=user, has_tests=has_tests(session))
        except (CannotValidate, SessionRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Session {session.code} validée par {user}.")
