"""Addresses of the roll call on phones and on paper."""

from django.urls import path

from trainers.views.roll_call_sending import roll_call_sending

urlpatterns = [
    path("sessions/<str:code>/appel/envoi/", roll_call_sending, name="roll_call_sending"),
]
