"""Addresses of the training plan, of its spending and of the survey of needs."""

from django.urls import path

from trainers.views.national_plan import (
    plan_expenses,
    plan_export,
    plan_items,
    plan_progress,
    plan_work,
)
from trainers.views.needs import (
    needs_paper,
    needs_qr,
    needs_survey,
    needs_surveys,
    needs_typing,
)
from trainers.views.needs_form import needs_form, needs_thanks
from trainers.views.plan_import import plan_import, plan_import_check, plan_import_model
from trainers.views.plan_items import (
    plan_item,
    plan_item_attach,
    plan_item_close,
    plan_item_edit,
    plan_item_new,
    plan_item_remove,
    plan_item_reopen,
    plan_item_spend,
)
from trainers.views.plan_links import (
    event_plan,
    event_plan_leave,
    event_spend,
    expense_proof,
    expense_void,
    session_plan,
    session_plan_leave,
    session_spend,
)

PLAN = "plan-de-formation/"
LINE = f"{PLAN}lignes/<int:item_id>/"
EVENT = f"{PLAN}actions/<str:event_code>/"
SURVEY = f"{PLAN}besoins/<int:survey_id>/"

urlpatterns = [
    path(PLAN, plan_items, name="plan_items"),
    path(f"{PLAN}avancement/", plan_progress, name="plan_progress"),
    path(f"{PLAN}sessions/", plan_work, name="plan_work"),
    path(f"{PLAN}depenses/", plan_expenses, name="plan_expenses"),
    path(f"{PLAN}depenses/<int:expense_id>/annuler/", expense_void, name="expense_void"),
    path(f"{PLAN}depenses/<int:expense_id>/justificatif/", expense_proof, name="expense_proof"),
    path(f"{PLAN}export/", plan_export, name="plan_export"),
    path(f"{PLAN}import/", plan_import, name="plan_import"),
    path(f"{PLAN}import/modele/", plan_import_model, name="plan_import_model"),
    path(f"{PLAN}import/<int:file_id>/", plan_import_check, name="plan_import_check"),
    path(f"{PLAN}lignes/nouvelle/", plan_item_new, name="plan_item_new"),
    path(LINE, plan_item, name="plan_item"),
    path(f"{LINE}modifier/", plan_item_edit, name="plan_item_edit"),
    path(f"{LINE}clore/", plan_item_close, name="plan_item_close"),
    path(f"{LINE}rouvrir/", plan_item_reopen, name="plan_item_reopen"),
    path(f"{LINE}retirer/", plan_item_remove, name="plan_item_remove"),
    path(f"{LINE}rattacher/", plan_item_attach, name="plan_item_attach"),
    path(f"{LINE}depenses/", plan_item_spend, name="plan_item_spend"),
    path(EVENT, event_plan, name="event_plan"),
    path(f"{EVENT}detacher/", event_plan_leave, name="event_plan_leave"),
    path(f"{EVENT}depenses/", event_spend, name="event_spend"),
    path(f"{PLAN}besoins/", needs_surveys, name="needs_surveys"),
    path(SURVEY, needs_survey, name="needs_survey"),
    path(f"{SURVEY}feuille/", needs_paper, name="needs_paper"),
    path(f"{SURVEY}code-qr/", needs_qr, name="needs_qr"),
    path(f"{SURVEY}saisie/", needs_typing, name="needs_typing"),
    path("besoins-de-formation/<str:survey_token>/", needs_form, name="needs_form"),
    path("besoins-de-formation/<str:survey_token>/merci/", needs_thanks, name="needs_thanks"),
    path("sessions/<str:code>/plan/", session_plan, name="session_plan"),
    path("sessions/<str:code>/plan/detacher/", session_plan_leave, name="session_plan_leave"),
    path("sessions/<str:code>/plan/depenses/", session_spend, name="session_spend"),
]
