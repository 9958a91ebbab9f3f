"""Addresses of one session, from its opening to its validation."""

from django.urls import path

from trainers.views.attendance_files import (
    attendance_blank,
    attendance_preview,
    attendance_upload,
)
from trainers.views.evidence_files import evidence_download, session_evidence
from trainers.views.newcomers import add_participant
from trainers.views.roll_call import session_page
from trainers.views.session_trainers import session_trainers
from trainers.views.sessions import session_create, session_list
from trainers.views.validation import (
    explain_session,
    hand_in_session,
    send_back,
    session_validation,
    validate,
)

urlpatterns = [
    path("sessions/", session_list, name="session_list"),
    path("sessions/nouvelle/", session_create, name="session_create"),
    path("sessions/<str:code>/", session_page, name="session"),
    path("sessions/<str:code>/participants/", add_participant, name="add_participant"),
    path("sessions/<str:code>/formateurs/", session_trainers, name="session_trainers"),
    path("sessions/<str:code>/import/", attendance_upload, name="attendance_upload"),
    path("sessions/<str:code>/import/modele/", attendance_blank, name="attendance_blank"),
    path("sessions/<str:code>/import/<int:pk>/", attendance_preview, name="attendance_preview"),
    path("sessions/<str:code>/pieces/", session_evidence, name="session_evidence"),
    path("sessions/<str:code>/pieces/<int:pk>/", evidence_download, name="evidence_download"),
    path("sessions/<str:code>/validation/", session_validation, name="session_validation"),
    path("sessions/<str:code>/validation/motifs/", explain_session, name="explain_session"),
    path("sessions/<str:code>/validation/soumettre/", hand_in_session, name="hand_in_session"),
    path("sessions/<str:code>/validation/valider/", validate, name="validate_session"),
    path("sessions/<str:code>/validation/renvoyer/", send_back, name="send_back_session"),
]
