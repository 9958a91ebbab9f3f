"""How well the items of a form do their work."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.figures import figure
from assessments.management.lookups import OCCASIONS, form_of, session_of
from assessments.session_results import FormAnalysis, ItemFigures, item_analysis


class Command(BaseCommand):
    help = (
        "Analyse les items d'un formulaire sur les copies rendues : difficulté, discrimination "
        "corrigée, réponses choisies, KR-20 et erreur type. Se lit à partir de 30 copies ; fragile "
        "sous 100. Sans --session, sur toutes les copies."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--form", required=True, help="code du formulaire de test")
        parser.add_argument(
            "--occasion", required=True, choices=sorted(OCCASIONS), help="avant ou après"
        )
        parser.add_argument("--session", help="code d'une session ; toutes par défaut")
        parser.add_argument("--json", action="store_true", help="écrit l'analyse en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_of(options["session"]) if options["session"] else None
        found = item_analysis(form_of(options["form"]), OCCASIONS[options["occasion"]], session)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
            return
        for line in _lines(found):
            self.stdout.write(line)


def _as_json(found: FormAnalysis) -> dict[str, Any]:
    return {
        "form": found.form.code,
        "occasion": found.occasion,
        "n": found.analysis.n,
        "kr20": found.analysis.kr20,
        "sem": found.analysis.sem,
        "is_shown": found.analysis.is_shown,
        "is_fragile": found.analysis.is_fragile,
        "notes": list(found.analysis.notes),
        "withdrawn": list(found.withdrawn_positions),
        "item_difficulty": [item.difficulty for item in found.items],
        "item_discrimination": [item.discrimination for item in found.items],
        "items": [
            {
                "position": item.position,
                "code": item.code,
                "difficulty": item.difficulty,
                "discrimination": item.discrimination,
                "distractors": dict(item.distractors),
                "flags": list(item.flags),
            }
            for item in found.items
        ],
    }


def _lines(found: FormAnalysis) -> list[str]:
    analysis = found.analysis
    lines = [f"{found.form.code} · {found.occasion} · {analysis.n} copie(s)", *analysis.notes]
    if not analysis.is_shown:
        return lines
    lines.append(f"KR-20 {_shown(analysis.kr20)}, erreur type {_shown(analysis.sem)} item(s)")
    lines.append(f"{'Item':>4}  {'Juste':>6}  {'Discr.':>6}  Réponses")
    return [*lines, *(_line(item) for item in found.items)]


def _line(item: ItemFigures) -> str:
    chosen = " ".join(f"{letter or 'sans'}:{n}" for letter, n in item.distractors.items())
    flags = f"  ({', '.join(item.flags)})" if item.flags else ""
    return (
        f"{item.position:>4}  {_shown(item.difficulty):>6}  {_shown(item.discrimination):>6}  "
        f"{chosen}{flags}"
    )


def _shown(value: float | None) -> str:
    return "—" if value is None else figure(value, 2)
