"""What comes after a session in the demo world: opinions, a report, a mended copy, follow-ups."""

import datetime
import random
import uuid

from accounts.models import User
from assessments.attempts import save_responses, start_attempt, submit_attempt
from assessments.copy_corrections import FROM_PAPER, correct_copy
from assessments.enums import Occasion
from assessments.follow_up_tests import follow_up_form
from assessments.follow_up_timing import due_on
from assessments.follow_ups import send_follow_ups
from assessments.models import Attempt, FollowUp
from assessments.satisfaction.answers import open_satisfaction, record_answer
from assessments.satisfaction.figures import ASPECTS
from assessments.session_report.writing import write_report
from elearning.demo.schedule import REFERENCE_DAY
from trainers.models import Participation, TrainingSession

SEED = 2024
NOON = datetime.time(12, tzinfo=datetime.UTC)
ASKED = (("SEG-2026-01", "demosegou"), ("BKO-2026-02", "demobamako"))
ANSWERS = 17
DELAYED_COPIES = 6
REMARKS = (
    "Les exercices d'entretien étaient les plus utiles.",
    "La salle était trop petite pour les groupes.",
    "Prévoir un troisième jour pour les cas pratiques.",
    "Merci de laisser les fiches en bamanankan.",
    "Le rythme de l'après-midi était soutenu.",
)
COURSE_OF_EVENTS = (
    "Accueil et pré-test à 8 h 30, puis les trois éléments de la traite et l'exercice des indices. "
    "L'après-midi a porté sur la protection et l'orientation, en petits groupes.\n"
    "Le post-test et les avis ont clos la session (démonstration)."
)


def play_after(*, encoder: User) -> None:
    """Play the days after the sessions, from a generator of its own: the world stays the same."""
    draw = random.Random(SEED)
    for code, token in ASKED:
        _give_opinions(draw, TrainingSession.objects.get(code=code), token)
    waiting = TrainingSession.objects.filter(state="TO_VALIDATE", is_demo=True).order_by("code")
    for session in waiting:
        write_report(
            session=session,
            course_of_events=COURSE_OF_EVENTS,
            difficulties="Une coupure d'électricité d'une heure le premier matin (démonstration).",
            recommendations="Prévoir des copies sur papier en plus (démonstration).",
            by=encoder,
        )
    _mend_a_copy(draw, waiting[0], encoder)
    asked = TrainingSession.objects.get(code=ASKED[0][0])
    _take_delayed_tests(draw, asked)
    send_follow_ups(
        participations=Participation.objects.filter(session=asked).trained().order_by("pk"),
        months=6,
        sent_on=due_on(asked.ends_on, 6),
    )


def _give_opinions(draw: random.Random, session: TrainingSession, token: str) -> None:
    at = datetime.datetime.combine(session.ends_on, NOON)
    form = open_satisfaction(session=session, at=at, token=token)
    for rank in range(ANSWERS if session.ends_on < REFERENCE_DAY else 3):
        record_answer(
            form=form,
            uuid=_identifier(draw),
            marks={aspect: draw.choice((3, 4, 4, 5, 5)) for aspect in ASPECTS},
            comment=REMARKS[rank] if rank < len(REMARKS) else "",
            is_on_paper=True,
        )


def _mend_a_copy(draw: random.Random, session: TrainingSession, by: User) -> None:
    """A line typed one letter too far: the first answer that was left blank is filled in."""
    copies = Attempt.objects.submitted().filter(
        participation__session=session, source__in=FROM_PAPER
    )
    for attempt in copies.select_related("form", "participation").order_by("pk"):
        if None in attempt.responses:
            responses = list(attempt.responses)
            responses[responses.index(None)] = "A"
            correct_copy(
                uuid=_identifier(draw),
                attempt=attempt,
                form=attempt.form,
                responses=responses,
                reason="Réponse lue sur la copie, oubliée à la saisie (démonstration).",
                by=by,
            )
            return


def _take_delayed_tests(draw: random.Random, session: TrainingSession) -> None:
    """A few people with an account take the delayed test, three months later."""
    asked = FollowUp.objects.filter(participation__session=session, months=3)
    taken = 0
    for follow_up in asked.exclude(answered_on=None).order_by("pk"):
        form = follow_up_form(follow_up.participation, Occasion.FOLLOW_UP)
        if form is None or taken == DELAYED_COPIES:
            continue
        taken += 1
        attempt = start_attempt(
            uuid=_identifier(draw),
            participation=follow_up.participation,
            occasion=Occasion.FOLLOW_UP,
            form=form,
            at=datetime.datetime.combine(follow_up.sent_on, NOON),
        )
        before = Attempt.objects.get(
            participation=follow_up.participation, occasion=Occasion.POST
        ).percent
        key = {item.position: _right(item.choices) for item in form.items.order_by("position")}
        known = (before or 50.0) / 100 - 0.05
        answers = {
            place: right if draw.random() < known else draw.choice("ABCD")
            for place, right in key.items()
        }
        save_responses(attempt=attempt, answers=answers)
        submit_attempt(attempt=attempt)


def _right(choices: list[dict[str, object]]) -> str:
    return "ABCD"[next(rank for rank, choice in enumerate(choices) if choice["is_correct"])]


def _identifier(draw: random.Random) -> uuid.UUID:
    return uuid.UUID(int=draw.getrandbits(128), version=4)
