"""Addresses of awareness events, of their anonymous question and of the log of documents."""

from django.urls import path

from trainers.views.awareness_events import (
    event_answer,
    event_cancel,
    event_create,
    event_edit,
    event_list,
    event_page,
    event_return,
    event_validate,
)
from trainers.views.awareness_files import (
    event_blank_sheet,
    event_proof,
    event_proof_add,
    event_sheet,
)
from trainers.views.awareness_import import events_blank, events_preview, events_upload
from trainers.views.awareness_poll import event_ballot, event_poll_close, event_poll_open
from trainers.views.disseminations import (
    dissemination,
    dissemination_attach,
    dissemination_create,
    dissemination_list,
    dissemination_receipt,
    dissemination_void,
)

urlpatterns = [
    path("actions/", event_list, name="event_list"),
    path("actions/nouvelle/", event_create, name="event_create"),
    path("actions/fiche/", event_blank_sheet, name="event_blank_sheet"),
    path("actions/import/", events_upload, name="events_upload"),
    path("actions/import/modele/", events_blank, name="events_blank"),
    path("actions/import/<int:pk>/", events_preview, name="events_preview"),
    path("actions/<str:code>/", event_page, name="event"),
    path("actions/<str:code>/modifier/", event_edit, name="event_edit"),
    path("actions/<str:code>/annuler/", event_cancel, name="event_cancel"),
    path("actions/<str:code>/renvoyer/", event_return, name="event_return"),
    path("actions/<str:code>/repondre/", event_answer, name="event_answer"),
    path("actions/<str:code>/valider/", event_validate, name="event_validate"),
    path("actions/<str:code>/pieces/", event_proof_add, name="event_proof_add"),
    path("actions/<str:code>/pieces/<int:pk>/", event_proof, name="event_proof"),
    path("actions/<str:code>/fiche/", event_sheet, name="event_sheet"),
    path("actions/<str:code>/question/", event_poll_open, name="event_poll_open"),
    path("actions/<str:code>/question/fermer/", event_poll_close, name="event_poll_close"),
    path("reponse/<str:token>/<str:moment>/", event_ballot, name="event_ballot"),
    path("diffusions/", dissemination_list, name="dissemination_list"),
    path("diffusions/nouvelle/", dissemination_create, name="dissemination_create"),
    path("diffusions/<int:pk>/", dissemination, name="dissemination"),
    path("diffusions/<int:pk>/annuler/", dissemination_void, name="dissemination_void"),
    path("diffusions/<int:pk>/recu/ajouter/", dissemination_attach, name="dissemination_attach"),
    path("diffusions/<int:pk>/recu/", dissemination_receipt, name="dissemination_receipt"),
]
