"""Form to keep a file that proves."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from trainers.enums import EvidenceKind
from trainers.evidence import ACCEPTED_SUFFIXES
from trainers.forms.attendance import light_enough
from trainers.models import Evidence, TrainingSession

UPLOADED_KINDS = (
    EvidenceKind.TERMS_OF_REFERENCE,
    EvidenceKind.AGENDA,
    EvidenceKind.SIGNED_SHEET,
    EvidenceKind.REPORT,
)


class EvidenceForm(forms.Form):
    """One file, what it is, and the version it replaces if any."""

    kind = forms.ChoiceField(
        label=_("Nature de la pièce"), choices=[(kind.value, kind.label) for kind in UPLOADED_KINDS]
    )
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("PDF, photo, document ou classeur, 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(ACCEPTED_SUFFIXES))}),
    )
    replaces = forms.ModelChoiceField(
        label=_("Remplace"),
        queryset=Evidence.objects.none(),
        required=False,
        empty_label=_("Aucune pièce"),
        help_text=_("L'ancienne version reste consultable."),
    )

    def __init__(self, *args: Any, session: TrainingSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = Evidence.objects.filter(
            session=session, kind__in=UPLOADED_KINDS, replaced_by__isnull=True
        ).order_by("kind", "-pk")
        self.fields["replaces"].queryset = current  # type: ignore[attr-defined]
        if not current:
            del self.fields["replaces"]

    def clean_file(self) -> UploadedFile:
        """Refuse a heavy file before it is read."""
        return light_enough(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        """A report replaces a report."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        replaced = cleaned.get("replaces")
        if replaced is not None and replaced.kind != cleaned.get("kind"):
            self.add_error("replaces", _("Une pièce en remplace une autre de même nature."))
        return cleaned
