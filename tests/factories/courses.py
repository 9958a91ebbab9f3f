"""Curricula: as folders of files, as read from files, and as published pages."""

import dataclasses
import datetime
from pathlib import Path

from courses.curriculum_folder import ParsedCurriculum, ParsedLesson, ParsedModule
from courses.curriculum_import import import_curriculum
from courses.lesson_parts import LessonPart, Text
from courses.models import CurriculumPage, LessonPage, Topic
from tests.factories.accounts import make_profession

CURRICULUM_MD = """\
---
title: "Repérer la traite"
slug: reperer
summary: "Le socle commun : repérer et signaler."
language: fr
version: "1.0"
updated_on: 2026-11-22
nominal_minutes: 840
validity_months: 24
lessons_online: true
topics:
  - identification
audience:
  - avocat
modules:
  - 01-comprendre
sources:
  - "PAN-TP 2023-2027, Contexte"
---
## Pourquoi

Parce que peu de victimes sont détectées.
"""

MODULE_MD = """\
---
title: "Comprendre"
slug: comprendre
summary: "La définition."
lessons:
  - 01-acte.md
  - 02-but.md
---
Le début du parcours.
"""

LESSON_MD = """\
---
title: "L'acte"
slug: acte
minutes: 5
objectives:
  - "Nommer l'acte"
sources:
  - "APID Mali 2023, définition"
---
À la fin de cette leçon, vous saurez nommer l'acte.

:::attention La contrainte se voit rarement
Cherchez aussi la **tromperie**.
:::

:::cas Le car
Situation fictive. Un homme paie le voyage.

- Qui a agi ? — L'homme qui paie.
- Que manque-t-il ?
:::

:::verifier
Héberger, est-ce un acte ?

- [x] Oui. — Oui : la définition le dit.
- [ ] Non. — Non : héberger en fait partie.
:::

:::retenir
- Recruter, transporter, héberger.
:::
"""

FORM_YAML = """\
code: rep-{letter_lower}
title: "Test {letter}"
parallel_group: rep
letter: {letter}
items:
{items}"""

ITEM_YAML = """\
- code: rep-{letter_lower}-{number}
  lesson: acte
  objective: "Nommer l'acte"
  stem: "{letter}{number} : quel fait est l'acte ?"
  choices:
  - text: "Le recrutement."
    correct: true
    feedback: "Oui."
  - text: "La promesse."
    feedback: "Non."
  - text: "La dette."
  - text: "Le profit."
"""


def form_yaml(letter: str, *, items: int = 8) -> str:
    """A test form of four-option items, the first one right."""
    lower = letter.lower()
    text = "".join(
        ITEM_YAML.format(letter=letter, letter_lower=lower, number=number)
        for number in range(1, items + 1)
    )
    return FORM_YAML.format(letter=letter, letter_lower=lower, items=text)


def write_folder(parent: Path, *, name: str = "reperer", **files: str) -> Path:
    """Write a valid curriculum folder: one module, two lessons, forms A and B, a glossary.

    `files` replaces some of them: curriculum, module, acte, but, form_a, form_b, glossary.
    """
    folder = parent / name
    module = folder / "modules" / "01-comprendre"
    but = LESSON_MD.replace("L'acte", "Le but").replace("slug: acte", "slug: but")
    contents = {
        folder / "curriculum.md": files.get("curriculum", CURRICULUM_MD),
        folder / "glossary.yaml": files.get(
            "glossary", '- {term: "Acte", slug: acte, definition: "Premier élément : recruter."}\n'
        ),
        folder / "tests" / "form-a.yaml": files.get("form_a", form_yaml("A")),
        folder / "tests" / "form-b.yaml": files.get("form_b", form_yaml("B")),
        module / "module.md": files.get("module", MODULE_MD),
        module / "01-acte.md": files.get("acte", LESSON_MD),
        module / "02-but.md": files.get("but", but),
    }
    for path, text in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def parsed_lesson(slug: str, *parts: LessonPart, minutes: int = 5) -> ParsedLesson:
    return ParsedLesson(
        slug=slug,
        title=f"Leçon {slug}",
        minutes=minutes,
        objectives=(f"Savoir {slug}",),
        sources=("PAN-TP 2023-2027",),
        parts=parts or (Text(html=f"<p>Texte de {slug}.</p>"),),
    )


def parsed_curriculum(
    slug: str = "reperer", *modules: ParsedModule, minutes: int = 840, topic: str = "identification"
) -> ParsedCurriculum:
    """A curriculum for lawyers; two modules of two lessons unless others are given."""
    Topic.objects.get_or_create(code=topic, defaults={"name": topic.capitalize()})
    make_profession()
    return ParsedCurriculum(
        slug=slug,
        title=f"Formation {slug}",
        summary=f"Résumé de {slug}.",
        presentation="<p>Présentation.</p>",
        version="1.0",
        updated_on=datetime.date(2026, 11, 22),
        nominal_minutes=minutes,
        validity_months=24,
        has_online_lessons=True,
        topics=(topic,),
        audience=("avocat",),
        sources=("PAN-TP 2023-2027",),
        modules=modules
        or (
            ParsedModule("un", "Un", "Premier.", (parsed_lesson("a"), parsed_lesson("b"))),
            ParsedModule("deux", "Deux", "Second.", (parsed_lesson("c"), parsed_lesson("d"))),
        ),
        glossary=(),
        forms=(),
    )


def publish_curriculum(slug: str = "reperer", **facts: object) -> CurriculumPage:
    """A published curriculum with its lessons, in the catalogue."""
    parsed = parsed_curriculum(slug, **facts)  # type: ignore[arg-type]
    return import_curriculum(parsed=parsed).curriculum


def publish_small_curriculum(slug: str, *, lessons: int = 0, **facts: object) -> CurriculumPage:
    """A published curriculum of one module, or of none: enough for lists."""
    own = tuple(parsed_lesson(f"lecon-{number}") for number in range(lessons))
    modules = (ParsedModule("un", "Un", "Premier.", own),) if own else ()
    parsed = parsed_curriculum(slug, **facts)  # type: ignore[arg-type]
    return import_curriculum(parsed=dataclasses.replace(parsed, modules=modules)).curriculum


def lessons_of(curriculum: CurriculumPage) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(curriculum).order_by("path"))


def check_of(lesson: LessonPage) -> str:
    """The id of the first check of a lesson."""
    return next(str(block.id) for block in lesson.body if block.block_type == "check")
