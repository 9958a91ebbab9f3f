"""The tab that this app adds to the pages of a session."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.enums import SessionType
from trainers.models import TrainingSession
from trainers.sessions.tabs import Tab

CERTIFICATES_TAB = "certificates"


def certificates_tab(session: TrainingSession, user: User) -> Tab | None:
    """Whoever opens the session's pages; an awareness session gives no paper, so no tab."""
    if session.type == SessionType.AWARENESS:
        return None
    url = reverse("certificates:session_certificates", args=[session.code])
    return Tab(CERTIFICATES_TAB, _("Attestations"), url)
