"""The four questions of the satisfaction form, in words."""

from django.utils.translation import gettext as _


def aspect_labels() -> dict[str, str]:
    """Each aspect of `assessments.satisfaction.figures.ASPECTS`, as it is asked."""
    return {
        "usefulness": _("Ce que j'ai appris est utile à mon travail"),
        "clarity": _("Les explications étaient claires"),
        "pace": _("Le rythme me convenait"),
        "organisation": _("L'organisation était bonne (lieu, horaires, matériel)"),
    }
