"""A merge never hides the record of a trainer: the directory shows kept persons only."""

from django.utils.translation import gettext as _

from accounts.models import Person
from trainers.models import Trainer


def refuse_hidden_trainer(kept: Person, merged: Person) -> str:
    """Say why these two records may not be merged in this direction; "" when they may."""
    trainers = set(
        Trainer.objects.filter(person__in=[kept.pk, merged.pk]).values_list("person_id", flat=True)
    )
    if trainers == {kept.pk, merged.pk}:
        return _(
            "Les deux fiches sont chacune au répertoire des formateurs, avec leurs habilitations : "
            "elles ne peuvent pas être fusionnées."
        )
    if merged.pk in trainers:
        return _("Gardez plutôt l'autre fiche : elle porte le dossier de formateur.")
    return ""


def better_kept(one: Person, other: Person) -> Person:
    """Which of two records a merge must keep: the trainer's; the first where both or none is."""
    trainers = set(
        Trainer.objects.filter(person__in=[one.pk, other.pk]).values_list("person_id", flat=True)
    )
    return other if trainers == {other.pk} else one
