"""Addresses of the tests: the learner's space, taking a test, and a session's results."""

from django.urls import path, register_converter

from assessments.enums import Occasion
from assessments.views.attention import attention
from assessments.views.item_withdrawal import withdraw_form_item
from assessments.views.my_space import my_space
from assessments.views.paper_copies import apply_copies, import_copies, type_copies
from assessments.views.sent_copies import receive_sending, whole_copy
from assessments.views.session_board import (
    open_or_close_test,
    plan_session_tests,
    session_results,
)
from assessments.views.test_starting import start_run_test, start_test
from assessments.views.test_taking import review_test, take_test, test_result

app_name = "assessments"


class OccasionConverter:
    """« pre » and « post » in an address; the enum's code in Python."""

    regex = "pre|post"

    def to_python(self, value: str) -> str:
        return Occasion(value.upper())

    def to_url(self, value: str) -> str:
        return value.lower()


register_converter(OccasionConverter, "occasion")

urlpatterns = [
    path("mon-espace/", my_space, name="my_space"),
    path("a-traiter/", attention, name="attention"),
    path("sessions/<str:code>/test/<occasion:occasion>/", start_test, name="start_test"),
    path("parcours/<int:run_id>/test/<occasion:occasion>/", start_run_test, name="start_run_test"),
    path("tests/<uuid:attempt_uuid>/<int:page>/", take_test, name="take_test"),
    path("tests/<uuid:attempt_uuid>/relecture/", review_test, name="review_test"),
    path("tests/<uuid:attempt_uuid>/resultat/", test_result, name="test_result"),
    path("tests/copie/<int:participation_id>/<occasion:occasion>/", whole_copy, name="whole_copy"),
    path("tests/envoi/", receive_sending, name="receive_sending"),
    path("sessions/<str:code>/resultats/", session_results, name="session_results"),
    path("sessions/<str:code>/resultats/tests/", plan_session_tests, name="plan_session_tests"),
    path(
        "sessions/<str:code>/resultats/tests/<occasion:occasion>/",
        open_or_close_test,
        name="open_or_close_test",
    ),
    path("sessions/<str:code>/resultats/import/", import_copies, name="import_copies"),
    path("sessions/<str:code>/resultats/import/appliquer/", apply_copies, name="apply_copies"),
    path("sessions/<str:code>/copies/<occasion:occasion>/", type_copies, name="type_copies"),
    path(
        "sessions/<str:code>/resultats/<str:form_code>/<int:position>/retirer/",
        withdraw_form_item,
        name="withdraw_form_item",
    ),
]
