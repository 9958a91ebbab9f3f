"""Addresses of what was done before the platform."""

from django.urls import path

from trainers.views.old_sessions import old_session_blank, old_sessions, old_sessions_preview
from trainers.views.partner_reports import (
    partner_blank,
    partner_import,
    partner_import_preview,
    partner_report_create,
    partner_report_file,
    partner_reports,
)

urlpatterns = [
    path("sessions/anciennes/", old_sessions, name="old_sessions"),
    path("sessions/anciennes/modele/", old_session_blank, name="old_session_blank"),
    path("sessions/anciennes/<int:pk>/", old_sessions_preview, name="old_sessions_preview"),
    path("rapports-partenaires/", partner_reports, name="partner_reports"),
    path("rapports-partenaires/nouveau/", partner_report_create, name="partner_report_create"),
    path("rapports-partenaires/import/", partner_import, name="partner_import"),
    path("rapports-partenaires/import/modele/", partner_blank, name="partner_blank"),
    path(
        "rapports-partenaires/import/<int:pk>/",
        partner_import_preview,
        name="partner_import_preview",
    ),
    path("rapports-partenaires/<int:pk>/fichier/", partner_report_file, name="partner_report_file"),
]
