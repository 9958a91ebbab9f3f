"""Is a test over for everybody? Until then nobody sees what is right. Only reads.

A neighbour who still writes must not read the key on the phone of whoever has handed in, nor on the
trainer's screen that everyone sees.
"""

from django.utils.translation import gettext as _

from assessments.enums import Occasion
from assessments.models import Attempt, SessionForm
from assessments.session_tests import is_open
from trainers.enums import LadderStatus
from trainers.models import Participation, TrainingSession
from trainers.sessions.lock import CLOSED_STATES, is_over


def is_test_over(session: TrainingSession, occasion: str) -> bool:
    """Whether nobody of the session can still take this test.

    It is when the trainer closed it (or said that the sheets are in), when everyone who came has
    handed in, when the session is validated, or once it has ended with no test left open on phones:
    a pre-test still open asks the same questions.
    """
    if session.state in CLOSED_STATES:
        return True
    rows = list(SessionForm.objects.filter(session=session))
    of_this = [row for row in rows if row.occasion == occasion]
    if of_this and all(row.closed_at for row in of_this):
        return True
    if is_over(session) and not any(is_open(row) for row in rows):
        return True
    return everyone_handed_in(session, occasion)


def everyone_handed_in(session: TrainingSession, occasion: str) -> bool:
    """Whether each person who came, or took a test, has handed in this one; False for nobody."""
    copies = Attempt.objects.filter(participation__session=session)
    done = set(
        copies.submitted().filter(occasion=occasion).values_list("participation_id", flat=True)
    )
    came = Participation.objects.filter(session=session).exclude(status=LadderStatus.ENROLLED)
    here = set(came.values_list("pk", flat=True))
    here |= set(copies.values_list("participation_id", flat=True))
    return bool(here) and here <= done


def key_refusal(session: TrainingSession) -> str:
    """Why the right answers may not be shown or printed yet; "" once they may.

    The pre-test has no key of its own: its questions come back in the post-test, sometimes for the
    other half of the group. So both wait for the end of the post-test.
    """
    if is_test_over(session, Occasion.POST):
        return ""
    return _(
        "Les bonnes réponses se montrent quand le post-test est fini pour tout le monde : "
        "fermez les tests, ou attendez la dernière copie. D'ici là, la saisie des copies les note."
    )
