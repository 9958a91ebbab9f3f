"""A package that is built like a question set: one main library, many that it needs."""

import random

from tests.courses.activities.packages import Files, dependency, library, quiz_files

LIBRARIES = 14
WORDS = [
    *("answer", "attach", "button", "choice", "container", "content", "event", "feedback", "focus"),
    *("label", "layout", "listener", "options", "params", "question", "render", "resize", "score"),
    *("self", "settings", "state", "submit", "text", "trigger", "update", "value", "visible"),
]


def question_set_files() -> Files:
    """14 libraries of 3 scripts and 1 style sheet each under the quiz, about 4 KiB a script."""
    dice = random.Random(7)
    names = [f"H5P.Brique{rank:02}" for rank in range(LIBRARIES)]
    files: Files = {}
    for rank, name in enumerate(names):
        needs = [dependency(names[rank - 1], 1, 0)] if rank else []
        own: Files = {f"scripts/{part}.js": _script(dice) for part in ("un", "deux", "trois")}
        own["styles/brique.css"] = _style(dice)
        files |= library(name, needs=needs, files=own)
    quiz = quiz_files()
    script = quiz["H5P.PetitQuiz-1.0/quiz.js"]
    needs = [dependency("H5P.Boutons", 1, 2), dependency(names[-1], 1, 0)]
    return quiz | files | library("H5P.PetitQuiz", needs=needs, files={"quiz.js": script})


def _script(dice: random.Random) -> str:
    lines = [
        f"  self.{dice.choice(WORDS)}{dice.randrange(99)} = function ({dice.choice(WORDS)}) "
        f"{{ return {dice.choice(WORDS)}{dice.randrange(99)}({dice.randrange(9999)}); }};"
        for _ in range(45)
    ]
    return "(function (self) {\n" + "\n".join(lines) + "\n})({});\n"


def _style(dice: random.Random) -> str:
    return "\n".join(
        f".h5p-{dice.choice(WORDS)}-{dice.randrange(999)} {{ margin: {dice.randrange(40)}px; }}"
        for _ in range(40)
    )
