"""Addresses of the checks by telephone."""

from django.urls import path

from trainers.views.phone_checks import (
    call_sheet,
    call_sheet_text,
    period_checks,
    record_check,
    session_checks,
)

urlpatterns = [
    path("appels-de-verification/", period_checks, name="period_checks"),
    path("sessions/<str:code>/appels/", session_checks, name="session_checks"),
    path("sessions/<str:code>/appels/feuille.pdf", call_sheet, name="call_sheet"),
    path("sessions/<str:code>/appels/feuille.csv", call_sheet_text, name="call_sheet_text"),
    path("sessions/<str:code>/appels/<int:pk>/", record_check, name="record_check"),
]
