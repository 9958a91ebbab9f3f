"""Addresses of the attestations: public check, the learner's own, the tab of a session."""

from django.urls import path

from certificates.views.my_certificates import (
    claim_certificate,
    my_badge,
    my_certificates,
    my_pdf,
)
from certificates.views.public_check import (
    check,
    check_one_code,
    check_one_number,
    how_to_check,
    public_keys,
)
from certificates.views.register import register, revoke_from_register
from certificates.views.session_certificates import (
    issue_certificates,
    one_pdf,
    revoke_certificate,
    session_certificates,
    session_pdf,
)

app_name = "certificates"

urlpatterns = [
    path("mon-espace/attestations/", my_certificates, name="my_certificates"),
    path("mon-espace/attestations/<uuid:certificate>/pdf/", my_pdf, name="my_pdf"),
    path("mon-espace/attestations/<uuid:certificate>/badge/", my_badge, name="my_badge"),
    path("mon-espace/attestations/<int:pk>/demander/", claim_certificate, name="claim"),
    path("attestations/verifier/", check, name="check"),
    path("attestations/verifier/<str:token>/", check_one_code, name="check_code"),
    path("attestations/cle-publique/", public_keys, name="public_keys"),
    path("attestations/comment-verifier/", how_to_check, name="how_to_check"),
    path("attestations/registre/", register, name="register"),
    path(
        "attestations/registre/<uuid:certificate>/revoquer/",
        revoke_from_register,
        name="revoke_from_register",
    ),
    path("attestations/<str:number>/", check_one_number, name="check_number"),
    path("sessions/<str:code>/attestations/", session_certificates, name="session_certificates"),
    path("sessions/<str:code>/attestations/delivrer/", issue_certificates, name="issue"),
    path("sessions/<str:code>/attestations/pdf/", session_pdf, name="session_pdf"),
    path("sessions/<str:code>/attestations/<uuid:certificate>/pdf/", one_pdf, name="one_pdf"),
    path(
        "sessions/<str:code>/attestations/<uuid:certificate>/revoquer/",
        revoke_certificate,
        name="revoke",
    ),
]
