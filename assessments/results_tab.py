"""The tab that this app adds to the pages of a session."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.models import TrainingSession
from trainers.sessions.tabs import Tab

RESULTS_TAB = "results"


def results_tab(session: TrainingSession, user: User) -> Tab:
    """Whoever opens the session's pages may read its results: their own view checks it again."""
    url = reverse("assessments:session_results", args=[session.code])
    return Tab(RESULTS_TAB, _("Tests et résultats"), url)
