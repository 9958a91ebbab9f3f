"""What an old phone opens: the pages of a learner and of whoever follows a public link.

Each is open and as full as it gets: a test begun, a copy corrected, a follow-up that waits.
"""

import uuid

from django.utils import timezone

from accounts.models import User
from assessments.attempts import start_attempt
from assessments.enums import Occasion
from assessments.follow_ups import send_follow_ups
from assessments.models import Attempt, FollowUp, SatisfactionForm, TestForm
from assessments.open_tests import form_open_to
from elearning.demo.plan import SURVEY_TOKEN
from trainers.models import AwarenessEvent, Participation, RegistrationLink

LEARNER = "apprenante"
SITE = (
    "/",
    "/formations/",
    "/formations/comprendre-reperer-signaler/",
    "/formations/comprendre-reperer-signaler/comprendre/acte-moyen-but/",
    "/compte/connexion/",
)


def prepare_learner_pages() -> list[tuple[str, str]]:
    """Begin the tests that wait, then return (username or "", address) of each page."""
    person = User.objects.get(username=LEARNER).person_id
    mine = Participation.objects.filter(person=person)
    over, now = mine.get(session__code="BKO-2023-01"), mine.get(session__code="BKO-2026-02")
    today = timezone.localdate()
    send_follow_ups(participations=[over], months=6, sent_on=today)
    begun = start_attempt(
        uuid=uuid.uuid4(), participation=now, occasion=Occasion.PRE, form=_form(now)
    )
    corrected = Attempt.objects.get(participation=over, occasion=Occasion.POST)
    before = Attempt.objects.get(participation=over, occasion=Occasion.PRE)
    return [
        *(("", address) for address in SITE),
        *(("", address) for address in _behind_links(over)),
        (LEARNER, "/mon-espace/"),
        (LEARNER, "/mon-code/"),
        (LEARNER, "/sessions/BKO-2026-02/test/post/"),
        (LEARNER, "/sessions/BKO-2023-01/test/suivi-6/"),
        (LEARNER, f"/tests/{begun.uuid}/1/"),
        (LEARNER, f"/tests/{begun.uuid}/relecture/"),
        (LEARNER, f"/tests/copie/{now.pk}/pre/"),
        (LEARNER, f"/tests/{before.uuid}/resultat/"),
        (LEARNER, f"/tests/{corrected.uuid}/resultat/"),
    ]


def _form(participation: Participation) -> TestForm:
    form = form_open_to(participation, Occasion.PRE)
    assert form is not None  # the demonstration has opened it
    return form


def _behind_links(over: Participation) -> list[str]:
    waiting = FollowUp.objects.get(participation=over, months=6).token
    answered = FollowUp.objects.exclude(answered_on=None).exclude(token=None).order_by("pk")[0]
    opinion = SatisfactionForm.objects.get(session__code="BKO-2026-02").token
    seat = RegistrationLink.objects.get(session__code="KOU-2026-01").token
    ballot = AwarenessEvent.objects.exclude(poll_token="")[0].poll_token
    return [
        f"/suivi/{waiting}/",
        f"/suivi/{answered.token}/",  # closed
        f"/suivi/{answered.token}/merci/",
        f"/avis/{opinion}/",
        f"/avis/{opinion}/merci/",
        f"/inscription/{seat}/",
        f"/inscription/{seat}/recue/",
        f"/besoins-de-formation/{SURVEY_TOKEN}/",
        f"/besoins-de-formation/{SURVEY_TOKEN}/merci/",
        f"/reponse/{ballot}/avant/",
        f"/reponse/{ballot}/apres/",
        f"/reponse/{ballot}/apres/?merci",
        "/presence/BKO-2026-02/",
        "/presence/BKO-2026-02/notee/",
    ]
