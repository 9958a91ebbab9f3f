"""Addresses of the tests: the learner's space, taking a test, and a session's results."""

from django.urls import path, register_converter

from assessments.enums import Occasion
from assessments.views.attention import attention
from assessments.views.follow_up_calls import follow_up_calls
from assessments.views.follow_ups import (
    follow_up,
    follow_up_thanks,
    follow_up_years,
    session_follow_up,
)
from assessments.views.item_withdrawal import withdraw_form_item
from assessments.views.live_tests import debrief, live_test
from assessments.views.my_space import my_space
from assessments.views.paper_copies import apply_copies, import_copies
from assessments.views.satisfaction import (
    open_feedback,
    print_feedback,
    satisfaction,
    satisfaction_thanks,
    session_feedback,
    type_slips,
)
from assessments.views.sent_copies import receive_sending, whole_copy
from assessments.views.session_board import (
    open_or_close_test,
    plan_session_tests,
    session_results,
)
from assessments.views.session_report import keep_report, print_report, session_report
from assessments.views.test_papers import print_answer_sheets, print_key, print_papers
from assessments.views.test_starting import start_run_test, start_test
from assessments.views.test_taking import review_test, take_test, test_result
from assessments.views.typed_copies import correct_typed_copy, type_copies

app_name = "assessments"


class OccasionConverter:
    """« pre » and « post » in an address; the enum's code in Python."""

    regex = "pre|post"
    codes = {"pre": Occasion.PRE, "post": Occasion.POST}

    def to_python(self, value: str) -> str:
        return self.codes[value]

    def to_url(self, value: str) -> str:
        return next(word for word, code in self.codes.items() if code == value)


class OwnOccasionConverter(OccasionConverter):
    """The same, and the delayed tests: what a learner takes, at the session or months later."""

    regex = "pre|post|suivi-3|suivi-6"
    codes = {
        **OccasionConverter.codes,
        "suivi-3": Occasion.FOLLOW_UP,
        "suivi-6": Occasion.LATE_FOLLOW_UP,
    }


register_converter(OccasionConverter, "occasion")
register_converter(OwnOccasionConverter, "own_occasion")

urlpatterns = [
    path("mon-espace/", my_space, name="my_space"),
    path("a-traiter/", attention, name="attention"),
    path("sessions/<str:code>/test/<own_occasion:occasion>/", start_test, name="start_test"),
    path("parcours/<int:run_id>/test/<occasion:occasion>/", start_run_test, name="start_run_test"),
    path("tests/<uuid:attempt_uuid>/<int:page>/", take_test, name="take_test"),
    path("tests/<uuid:attempt_uuid>/relecture/", review_test, name="review_test"),
    path("tests/<uuid:attempt_uuid>/resultat/", test_result, name="test_result"),
    path(
        "tests/copie/<int:participation_id>/<own_occasion:occasion>/", whole_copy, name="whole_copy"
    ),
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
    path("sessions/<str:code>/en-direct/<occasion:occasion>/", live_test, name="live_test"),
    path("suivi/", follow_up_years, name="follow_up_years"),
    path("suivi/<str:token>/", follow_up, name="follow_up"),
    path("suivi/<str:token>/merci/", follow_up_thanks, name="follow_up_thanks"),
    path("sessions/<str:code>/suivi/", session_follow_up, name="session_follow_up"),
    path("sessions/<str:code>/suivi/<int:months>/appels/", follow_up_calls, name="follow_up_calls"),
    path("avis/<str:token>/", satisfaction, name="satisfaction"),
    path("avis/<str:token>/merci/", satisfaction_thanks, name="satisfaction_thanks"),
    path("sessions/<str:code>/rapport/", session_report, name="session_report"),
    path("sessions/<str:code>/rapport/joindre/", keep_report, name="keep_report"),
    path("sessions/<str:code>/rapport/fichier.<slug:kind>", print_report, name="print_report"),
    path("sessions/<str:code>/avis/", session_feedback, name="session_feedback"),
    path("sessions/<str:code>/avis/ouvrir/", open_feedback, name="open_feedback"),
    path("sessions/<str:code>/avis/saisie/", type_slips, name="type_slips"),
    path("sessions/<str:code>/avis/<slug:sheet>/", print_feedback, name="print_feedback"),
    path("sessions/<str:code>/debriefing/", debrief, name="debrief"),
    path(
        "sessions/<str:code>/copies/<uuid:attempt_uuid>/corriger/",
        correct_typed_copy,
        name="correct_copy",
    ),
    path("sessions/<str:code>/papier/<occasion:occasion>/test/", print_papers, name="print_papers"),
    path(
        "sessions/<str:code>/papier/<occasion:occasion>/reponses/",
        print_answer_sheets,
        name="print_answer_sheets",
    ),
    path("sessions/<str:code>/papier/<occasion:occasion>/corrige/", print_key, name="print_key"),
    path(
        "sessions/<str:code>/resultats/<str:form_code>/<int:position>/retirer/",
        withdraw_form_item,
        name="withdraw_form_item",
    ),
]
