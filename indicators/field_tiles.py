"""What stands beside a figure of the field and is never added to it: answers before, downloads."""

from collections.abc import Mapping

from django.db.models import Sum
from django.utils.translation import gettext as _

from courses.models import DownloadCount
from indicators.enums import Method, Unit
from indicators.facts import Facts
from indicators.measured import Measure
from indicators.viewers import Viewer
from indicators.wording import number, period_words, with_unit

Entry = Mapping[str, object]

FEW = 5  # under that, only the committee sees a cell (domain §6)


def crowds_note() -> str:
    """What must be read with 1.1-b: nobody is followed from before to after."""
    return _(
        "Avant et après sont deux foules interrogées sans noms, pas des personnes suivies une à "
        "une : ce chiffre est la part des réponses justes après ; la différence n'est pas un gain."
    )


def field_tiles(measure: Measure, facts: Facts, viewer: Viewer) -> list[Entry]:
    """The tiles that a figure of awareness or of documents has besides its own."""
    method = measure.sheet.method
    if method == Method.EVENT_KNOWING_SHARE:
        return _before_tiles(measure, facts, viewer)
    if method in (Method.COUNT_TOOLS, Method.COUNT_COPIES):
        return _download_tiles(measure)
    return []


def _before_tiles(measure: Measure, facts: Facts, viewer: Viewer) -> list[Entry]:
    """Right answers before the validated events: the same question to another crowd."""
    events = facts.validated().events
    answers = sum(event.pre_answers for event in events)
    if not answers or (answers < FEW and not viewer.is_committee):
        return []
    right = sum(event.pre_knowing for event in events)
    return [
        {
            "label": _("Réponses justes avant l'action"),
            "figure": with_unit(right * 100 / answers, Unit.PERCENT),
            "period": period_words(measure.period),
            "n": _("n = %s") % number(answers),
            "note": _("Une autre foule : pas un gain"),
        }
    ]


def _download_tiles(measure: Measure) -> list[Entry]:
    """Downloads of the whole site in the period: one query."""
    period = measure.period
    counted = DownloadCount.objects.filter(day__range=(period.starts_on, period.ends_on))
    total = counted.aggregate(total=Sum("downloads"))["total"]
    return [
        {
            "label": _("Téléchargements, à part"),
            "figure": number(total or 0),
            "unit": _("téléchargements"),
            "period": period_words(period),
            "n": _("tout le site"),
            "note": _("Jamais ajoutés au chiffre"),
        }
    ]
