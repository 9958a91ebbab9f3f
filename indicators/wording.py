"""Figures and periods as French sentences write them."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.enums import ComparedFigure, Method, Unit
from indicators.measured import Status
from indicators.method_knowledge import PeriodPairing
from indicators.periods import Period, PeriodKind

Figure = int | float | Decimal | None

NO_FIGURE = "—"
STATUS_WORDS = {
    Status.REACHED: gettext_lazy("Cible atteinte"),
    Status.NEAR: gettext_lazy("Proche de la cible"),
    Status.BEHIND: gettext_lazy("En retard"),
    Status.NO_TARGET: gettext_lazy("Sans cible"),
    Status.NO_DATA: gettext_lazy("Pas de donnée"),
    Status.PROVISIONAL: gettext_lazy("En attente de validation"),
    Status.INCONCLUSIVE: gettext_lazy("Non concluant"),
    Status.MASKED: gettext_lazy("Masqué"),
    Status.DECLARED: gettext_lazy("À déclarer"),
}
# Names of the states of templates/components/status.html.
STATUS_LOOKS = {
    Status.REACHED: "reached",
    Status.NEAR: "near",
    Status.BEHIND: "behind",
    Status.PROVISIONAL: "provisional",
    Status.INCONCLUSIVE: "provisional",
}

# What a count is a number of; a percentage says « % ».
UNIT_WORDS = {
    Method.COUNT_INFORMED: gettext_lazy("participations"),
    Method.COUNT_TRAINED: gettext_lazy("participations"),
    Method.COUNT_SESSIONS: gettext_lazy("sessions"),
    Method.COUNT_HEADCOUNTS: gettext_lazy("personnes comptées sans nom"),
    Method.COUNT_TOOLS: gettext_lazy("outils"),
    Method.COUNT_COPIES: gettext_lazy("exemplaires"),
    Method.COUNT_SKILLS_USED: gettext_lazy("participations"),
}


def number(value: Figure) -> str:
    """A number with its thousands apart and at most one decimal; a dash for no figure."""
    if value is None:
        return NO_FIGURE
    exact = Decimal(str(value)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    decimals = 0 if exact == exact.to_integral_value() else 1
    return number_format(exact, decimal_pos=decimals, force_grouping=True)


def with_unit(value: Figure, unit: str) -> str:
    """The number, followed by « % » where the indicator is a percentage."""
    text = number(value)
    return f"{text}\N{NO-BREAK SPACE}%" if unit == Unit.PERCENT and value is not None else text


def unit_words(method: str, compared_figure: str) -> str:
    """« participations », « exemplaires »…: what the compared figure counts; "" for a share."""
    if method not in UNIT_WORDS:
        return ""
    words = UNIT_WORDS[Method(method)]
    is_named = method in {Method.COUNT_INFORMED, Method.COUNT_TRAINED, Method.COUNT_SKILLS_USED}
    if is_named and compared_figure != ComparedFigure.PARTICIPATIONS:
        return _("personnes uniques")
    return str(words)


def cells_note(method: str) -> str:
    """How the cells of a figure read: whether they add up, and which region is meant."""
    place = _("La région est celle du lieu.")
    if method == Method.COUNT_HEADCOUNTS:
        return (
            _(
                "Un effectif sans noms : les cases s'additionnent, mais une même personne peut "
                "être comptée dans deux actions."
            )
            + f" {place}"
        )
    if method == Method.EVENT_KNOWING_SHARE:
        return _("n compte les réponses recueillies après l'action.") + f" {place}"
    if method == Method.COUNT_SESSIONS:
        return _("Les cases s'additionnent.") + f" {place}"
    if method == Method.COUNT_COPIES:
        return _("Les cases s'additionnent. La région est celle du destinataire.")
    return _(
        "Chaque personne compte une fois par case et une fois au total : les personnes ne "
        "s'additionnent pas. La région est celle du poste à la date de la session ; à défaut de "
        "nom, celle du lieu."
    )


def period_words(period: Period) -> str:
    """« 2025 », « 1er semestre 2025 », « mars 2025 », « plan 2023-2027 »."""
    part = period.code.rpartition("-")[2]
    if period.kind is PeriodKind.PLAN:
        return _("plan 2023-2027")
    if period.kind is PeriodKind.MONTH:
        return date_format(period.starts_on, "F Y")
    if period.kind is PeriodKind.YEAR:
        return period.code
    rank = (_("1er"), _("2e"), _("3e"), _("4e"))[int(part[1]) - 1]
    name = _("trimestre") if period.kind is PeriodKind.QUARTER else _("semestre")
    return f"{rank} {name} {period.year}"


def pending_sentence(count: int) -> str:
    """How many records still wait for the third person who validates."""
    return ngettext(
        "%(count)d dossier attend sa validation et ne compte pas encore.",
        "%(count)d dossiers attendent leur validation et ne comptent pas encore.",
        count,
    ) % {"count": count}


def verdict_words(pairing: PeriodPairing | None) -> str | None:
    """« concluant » or « non concluant » for a knowledge share with copies; None for the rest."""
    if pairing is None or not (pairing.n_pre or pairing.n_post):
        return None
    return _("concluant") if pairing.is_conclusive else _("non concluant")


def declared_sentence() -> str:
    """What stands in place of a figure that no reading has given yet."""
    return _("Valeur déclarée par les points focaux ; aucun relevé saisi")
