"""Addresses of the roll call on phones and on paper."""

from django.urls import path

from trainers.views.paper import attendance_sheet_pdf, badge_sheet_pdf, own_codes
from trainers.views.roll_call_sending import roll_call_sending
from trainers.views.sheet_photos import keep_sheet_photos
from trainers.views.sheet_typing import type_sheet

urlpatterns = [
    path("mon-code/", own_codes, name="own_codes"),
    path("sessions/<str:code>/appel/envoi/", roll_call_sending, name="roll_call_sending"),
    path("sessions/<str:code>/appel/feuille/", attendance_sheet_pdf, name="attendance_sheet"),
    path("sessions/<str:code>/appel/badges/", badge_sheet_pdf, name="badge_sheet"),
    path("sessions/<str:code>/appel/saisie/", type_sheet, name="type_sheet"),
    path("sessions/<str:code>/appel/photos/", keep_sheet_photos, name="sheet_photos"),
]
