from django import forms
from django.utils.translation import gettext_lazy as _


class PackageForm(forms.Form):
    """A package to import, and the code under which lessons will point at it."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_(
            "Ce que les leçons citent : lettres sans accent, chiffres, tirets. "
            "Le code d'une activité connue en fait une nouvelle version."
        ),
    )
    title = forms.CharField(
        label=_("Titre"),
        max_length=160,
        required=False,
        help_text=_("Sans titre, celui du paquet est repris."),
    )
    package = forms.FileField(
        label=_("Paquet H5P (.h5p) ou SCORM (.zip)"),
        help_text=_("200 Mo au plus, 5 000 fichiers au plus."),
        widget=forms.FileInput(attrs={"accept": ".h5p,.zip"}),
        error_messages={"required": _("Choisissez un paquet.")},
    )
