"""Addresses of a session's list: search, public requests, and presence that people declare."""

from django.urls import path

from trainers.views.presence import presence, presence_noted, session_code, session_declared
from trainers.views.registrations import (
    registration_answer,
    registration_link,
    registration_poster,
    registrations_refused,
    session_registrations,
)
from trainers.views.roster import roster_keep, roster_remove, session_roster
from trainers.views.seat_requests import seat_asked, seat_request, seat_taken_back

ROSTER = "sessions/<str:code>/liste/"
REQUESTS = "sessions/<str:code>/inscriptions/"

urlpatterns = [
    path(ROSTER, session_roster, name="session_roster"),
    path(f"{ROSTER}<int:pk>/retirer/", roster_remove, name="roster_remove"),
    path(f"{ROSTER}<int:pk>/garder/", roster_keep, name="roster_keep"),
    path(REQUESTS, session_registrations, name="session_registrations"),
    path(f"{REQUESTS}lien/", registration_link, name="registration_link"),
    path(f"{REQUESTS}refuser/", registrations_refused, name="registrations_refused"),
    path(f"{REQUESTS}affiche/", registration_poster, name="registration_poster"),
    path(f"{REQUESTS}<int:pk>/", registration_answer, name="registration_answer"),
    path("sessions/<str:code>/code-de-presence/", session_code, name="session_code"),
    path("sessions/<str:code>/declarations/", session_declared, name="session_declared"),
    path("inscription/<str:token>/", seat_request, name="seat_request"),
    path("inscription/<str:token>/recue/", seat_asked, name="seat_asked"),
    path("inscription/<str:token>/retirer/", seat_taken_back, name="seat_taken_back"),
    path("presence/<str:code>/", presence, name="presence"),
    path("presence/<str:code>/notee/", presence_noted, name="presence_noted"),
]
