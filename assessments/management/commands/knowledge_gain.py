"""The knowledge gain of one session."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.figures import figure
from assessments.management.lookups import session_of
from assessments.session_results import GainReport, knowledge_gain
from trainers.models import TrainingSession


class Command(BaseCommand):
    help = (
        "Compare le pré-test et le post-test d'une session, par paires de copies de la même "
        "personne : effectifs, moyennes, gain avec son intervalle à 95 %, parts et verdict. Moins "
        "de 10 paires, ou moins de 70 % d'appariement : « non concluant »."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--session", required=True, help="code de la session")
        parser.add_argument("--json", action="store_true", help="écrit le résultat en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_of(options["session"])
        report = knowledge_gain(session)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(session, report), ensure_ascii=False, indent=1))
            return
        for line in _lines(session, report):
            self.stdout.write(line)


def _as_json(session: TrainingSession, report: GainReport) -> dict[str, Any]:
    pairing, gain = report.pairing, report.gain
    return {
        "session": session.code,
        "n_pre": pairing.n_pre,
        "n_post": pairing.n_post,
        "n_paired": pairing.n_paired,
        "n_not_parallel": report.n_not_parallel,
        "pairing_rate": pairing.pairing_rate,
        "mean_pre": gain.mean_pre,
        "mean_post": gain.mean_post,
        "gain": gain.gain,
        "ci95": list(gain.ci95) if gain.ci95 else None,
        "cohen_d": gain.cohen_d,
        "hake_of_means": gain.hake_of_means,
        "mastery70_post_share": gain.mastery70_post_share,
        "reliable_gain20_share": gain.reliable_gain20_share,
        "reliable_gain20_exact_share": gain.reliable_gain20_exact_share,
        "verdict": gain.verdict,
        "verdict_reason": gain.verdict_reason,
    }


def _lines(session: TrainingSession, report: GainReport) -> list[str]:
    pairing, gain = report.pairing, report.gain
    low, high = gain.ci95 or (None, None)
    table = [
        ("Copies du pré-test", str(pairing.n_pre)),
        ("Copies du post-test", str(pairing.n_post)),
        ("Paires", str(pairing.n_paired)),
        ("Taux d'appariement (%)", _shown(pairing.pairing_rate)),
        ("Moyenne avant (points sur 100)", _shown(gain.mean_pre)),
        ("Moyenne après (points sur 100)", _shown(gain.mean_post)),
        ("Gain moyen (points)", _shown(gain.gain)),
        ("Intervalle à 95 % (points)", f"{_shown(low)} à {_shown(high)}"),
        ("d de Cohen", _shown(gain.cohen_d, 2)),
        ("Gain normalisé des moyennes (Hake)", _shown(gain.hake_of_means, 2)),
        ("Au moins 70 % au post-test (% des paires)", _shown(gain.mastery70_post_share)),
        ("Gain d'au moins 20 points (% des paires)", _shown(gain.reliable_gain20_exact_share)),
    ]
    return [
        str(session),
        *(f"{label:<44} {value:>14}" for label, value in table),
        f"Verdict : {gain.verdict}. {gain.verdict_reason}",
    ]


def _shown(value: float | None, decimals: int = 1) -> str:
    return "—" if value is None else figure(value, decimals)
