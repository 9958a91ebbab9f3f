"""Addresses that find, ask and answer trainers."""

from django.urls import path

from trainers.views.linked_invitations import linked_invitation
from trainers.views.own_record import (
    answer_call,
    answer_invitation,
    availability_add,
    availability_remove,
    own_consent,
    own_record,
)
from trainers.views.session_team import (
    call_close,
    call_open,
    invitation_send,
    invitation_settle,
    team_remove,
)
from trainers.views.staffing import find_for_session, find_trainer

urlpatterns = [
    path("invitation/<str:token>/", linked_invitation, name="linked_invitation"),
    path("formateurs/trouver/", find_trainer, name="find_trainer"),
    path("formateurs/mon-dossier/", own_record, name="own_record"),
    path("formateurs/mon-dossier/repertoire/", own_consent, name="own_consent"),
    path("formateurs/mon-dossier/indisponibilites/", availability_add, name="availability_add"),
    path(
        "formateurs/mon-dossier/indisponibilites/<int:pk>/enlever/",
        availability_remove,
        name="availability_remove",
    ),
    path(
        "formateurs/mon-dossier/invitations/<int:pk>/", answer_invitation, name="answer_invitation"
    ),
    path("formateurs/mon-dossier/appels/<int:pk>/", answer_call, name="answer_call"),
    path("sessions/<str:code>/trouver-un-formateur/", find_for_session, name="find_for_session"),
    path("sessions/<str:code>/invitations/", invitation_send, name="invitation_send"),
    path("sessions/<str:code>/invitations/<int:pk>/", invitation_settle, name="invitation_settle"),
    path("sessions/<str:code>/appel-a-formateurs/", call_open, name="call_open"),
    path("sessions/<str:code>/appel-a-formateurs/clore/", call_close, name="call_close"),
    path(
        "sessions/<str:code>/formateurs/<int:trainer_pk>/retirer/", team_remove, name="team_remove"
    ),
]
