"""Addresses of a session that is being prepared: facts, half-days, papers, state, copy."""

from django.urls import path

from trainers.views.session_papers import agenda_paper, terms_paper
from trainers.views.session_preparation import (
    session_cancel,
    session_confirm,
    session_copy,
    session_edit,
    session_half_days,
    session_preparation,
    session_reopen,
)

PREPARATION = "sessions/<str:code>/preparation/"

urlpatterns = [
    path(PREPARATION, session_preparation, name="session_preparation"),
    path(f"{PREPARATION}modifier/", session_edit, name="session_edit"),
    path(f"{PREPARATION}demi-journees/", session_half_days, name="session_half_days"),
    path(f"{PREPARATION}copier/", session_copy, name="session_copy"),
    path(f"{PREPARATION}confirmer/", session_confirm, name="session_confirm"),
    path(f"{PREPARATION}rouvrir/", session_reopen, name="session_reopen"),
    path(f"{PREPARATION}annuler/", session_cancel, name="session_cancel"),
    path(f"{PREPARATION}termes-de-reference/", terms_paper, name="terms_paper"),
    path(f"{PREPARATION}agenda/", agenda_paper, name="agenda_paper"),
]
