"""Forms of the list: the public request, the link, the answer, the code of the room."""

import datetime
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainers.attendance.newcomers import Newcomer
from trainers.forms.attendance import NewcomerForm
from trainers.models import TrainingSession


class SeatRequestForm(NewcomerForm):
    """What a stranger writes to ask for a seat; the page makes the uuid."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = True
        self.fields["phone"].help_text = _("8 chiffres. L'équipe vous joindra à ce numéro.")
        self.fields["birth_year"].help_text = _("Elle évite de vous confondre avec quelqu'un.")

    def newcomer(self) -> Newcomer:
        """The person typed, once the form is valid."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "uuid"}
        return Newcomer(**facts)


class LinkForm(forms.Form):
    """Until which day the link is open."""

    closes_on = forms.DateField(
        label=_("Ouvert jusqu'au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @staticmethod
    def usual_day(session: TrainingSession) -> datetime.date:
        """The eve of the first day, or the last day once the session has begun."""
        eve = session.starts_on - datetime.timedelta(days=1)
        return eve if eve >= timezone.localdate() else session.ends_on


class PresenceForm(forms.Form):
    """The code of the screen; the phone number for who is not signed in."""

    code = forms.CharField(
        label=_("Code affiché à l'écran"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Votre numéro de téléphone"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("Celui que vous avez donné à l'inscription."),
    )
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_account:
            del self.fields["phone"]
