"""The tabs that this app adds to the pages of a session."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.models import TrainingSession
from trainers.sessions.tabs import Tab

RESULTS_TAB = "results"
FEEDBACK_TAB = "feedback"
FOLLOW_UP_TAB = "follow_up"
REPORT_TAB = "report"


def results_tab(session: TrainingSession, user: User) -> Tab:
    """Whoever opens the session's pages may read its results: their own view checks it again."""
    url = reverse("assessments:session_results", args=[session.code])
    return Tab(RESULTS_TAB, _("Tests et résultats"), url)


def feedback_tab(session: TrainingSession, user: User) -> Tab:
    """What people thought of the session, without their names."""
    return Tab(
        FEEDBACK_TAB, _("Avis"), reverse("assessments:session_feedback", args=[session.code])
    )


def follow_up_tab(session: TrainingSession, user: User) -> Tab:
    """What became of the skills, three and six months later."""
    return Tab(
        FOLLOW_UP_TAB, _("Suivi"), reverse("assessments:session_follow_up", args=[session.code])
    )


def report_tab(session: TrainingSession, user: User) -> Tab:
    """The report of the session, its figures computed."""
    return Tab(REPORT_TAB, _("Rapport"), reverse("assessments:session_report", args=[session.code]))
