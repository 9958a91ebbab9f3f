"""Form that gives a trainer a role in a session."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trainers.enums import SessionRole, TrainerState
from trainers.models import Qualification, Trainer, TrainingSession
from trainers.registry.qualifying import levels_that_lead


class TrainerChoice(forms.ModelChoiceField):
    """Each trainer with where they are based, and whether they may lead this session."""

    qualified: frozenset[int] = frozenset()

    def label_from_instance(self, obj: Any) -> str:
        """« Awa Traoré, Ségou (habilitation valide) »."""
        name = f"{obj}, {obj.base_territory.name}" if obj.base_territory else str(obj)
        if obj.pk in self.qualified:
            return _("%(trainer)s (habilitation valide)") % {"trainer": name}
        return name


class SessionTrainerForm(forms.Form):
    """Who, and as what."""

    trainer = TrainerChoice(
        label=gettext_lazy("Formateur"),
        queryset=Trainer.objects.none(),
        empty_label=gettext_lazy("Choisissez"),
        help_text=gettext_lazy("Choisir une personne déjà dans la session change son rôle."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Rôle"), choices=SessionRole.choices, initial=SessionRole.TRAINER
    )

    def __init__(self, *args: Any, session: TrainingSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        qualified = Qualification.objects.filter(
            curriculum=session.curriculum,
            withdrawn_on=None,
            granted_on__lte=session.starts_on,
            expires_on__gte=session.ends_on,
            level__in=levels_that_lead(
                session.type, is_over=session.ends_on < timezone.localdate()
            ),
        )
        field: Any = self.fields["trainer"]
        field.qualified = frozenset(qualified.values_list("trainer", flat=True))
        field.queryset = (
            Trainer.objects.filter(person__merged_into=None)
            .exclude(state=TrainerState.SUSPENDED)
            .select_related("person", "base_territory")
            .order_by("person__family_name", "person__given_name", "pk")
        )
