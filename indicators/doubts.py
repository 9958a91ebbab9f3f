"""The warnings printed beside a figure: what a careful reader would ask."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.enums import Unit
from indicators.method_knowledge import MIN_PAIRING_RATE, MIN_PAIRS, PeriodPairing
from indicators.periods import Period, PeriodKind
from indicators.plan_reading import Corps, PlannedIndicator
from indicators.tallies import Counted
from indicators.wording import number, pending_sentence, with_unit


def warnings_of(
    planned: PlannedIndicator,
    period: Period,
    *,
    corps: Corps | None,
    counted: Counted | None,
    pairing: PeriodPairing | None,
) -> list[str]:
    """Sentences about one figure, the gravest first."""
    target = planned.target(period)
    sentences = [_corps_sentence(target, corps), _printed_total_sentence(planned, period)]
    if pairing is not None:
        sentences += [_pairs_sentence(pairing), _forms_sentence(pairing)]
    if counted is not None:
        rate = counted.extra.get("response_rate")
        if rate is not None:
            sentences.append(
                _("Taux de réponse au suivi : %(rate)s.") % {"rate": with_unit(rate, Unit.PERCENT)}
            )
        pending = counted.pending_records()
        sentences.append(pending_sentence(pending) if pending else "")
    return [sentence for sentence in sentences if sentence]


def _corps_sentence(target: Decimal | None, corps: Corps | None) -> str:
    if target is None or corps is None or target <= corps.headcount:
        return ""
    return _(
        "La cible (%(target)s) dépasse l'effectif connu du corps (%(size)s en %(year)s) : elle ne "
        "peut pas être un nombre de personnes."
    ) % {"target": number(target), "size": number(corps.headcount), "year": corps.year}


def _printed_total_sentence(planned: PlannedIndicator, period: Period) -> str:
    if period.kind is not PeriodKind.PLAN or planned.printed_gap is None:
        return ""
    unit = planned.indicator.unit
    return _("Total imprimé %(printed)s, total calculé %(computed)s.") % {
        "printed": with_unit(planned.indicator.printed_total, unit),
        "computed": with_unit(planned.computed_total, unit),
    }


def _pairs_sentence(pairing: PeriodPairing) -> str:
    if pairing.is_conclusive or not (pairing.n_pre or pairing.n_post):
        return ""
    return ngettext(
        "Non concluant : %(pairs)d paire et %(rate)s d'appariement ; il en faut %(min_pairs)d et "
        "%(min_rate)d %%.",
        "Non concluant : %(pairs)d paires et %(rate)s d'appariement ; il en faut %(min_pairs)d et "
        "%(min_rate)d %%.",
        pairing.n_paired,
    ) % {
        "pairs": pairing.n_paired,
        "rate": with_unit(pairing.pairing_rate, Unit.PERCENT),
        "min_pairs": MIN_PAIRS,
        "min_rate": MIN_PAIRING_RATE,
    }


def _forms_sentence(pairing: PeriodPairing) -> str:
    count = pairing.n_not_parallel
    if not count:
        return ""
    return ngettext(
        "%(count)d participant a passé deux formulaires qui ne sont pas parallèles : il n'est pas "
        "apparié.",
        "%(count)d participants ont passé deux formulaires qui ne sont pas parallèles : ils ne "
        "sont pas appariés.",
        count,
    ) % {"count": count}
