"""What the commands of this app look up by name; an unknown name is one clear line."""

from pathlib import Path

from django.core.management.base import CommandError

from assessments.enums import Occasion
from assessments.models import TestForm
from trainers.models import TrainingSession
from trainers.workbooks import MAX_BYTES

OCCASIONS = {"pre": Occasion.PRE, "post": Occasion.POST}


def session_of(code: str) -> TrainingSession:
    """The session of this code."""
    session = TrainingSession.objects.filter(code=code).first()
    if session is None:
        raise CommandError(f"Aucune session ne porte le code « {code} ».")
    return session


def form_of(code: str) -> TestForm:
    """The frozen test form of this code."""
    form = TestForm.objects.filter(code=code).first()
    if form is None:
        raise CommandError(f"Aucun formulaire de test ne porte le code « {code} ».")
    return form


def content_of(path: Path) -> bytes:
    """The bytes of a file of at most 20 MB."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"« {path.name} » dépasse 20 Mo.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Impossible de lire « {path} » : {error.strerror}.") from error
