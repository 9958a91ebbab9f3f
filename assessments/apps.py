from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = _("Évaluations")

    def ready(self) -> None:
        """Tell the sessions below about their tests (docs/architecture.md names these lists)."""
        from assessments.answer_sheets import entered_copies, identical_sheets, session_has_tests
        from assessments.own_courses import run_test_step
        from assessments.pack_tests import tests_to_take_along
        from assessments.results_tab import feedback_tab, follow_up_tab, report_tab, results_tab
        from assessments.trainer_gain import trainer_gain
        from courses.course_pack import EXTRA_PAGES
        from courses.run_steps import RUN_STEPS
        from trainers.registry.figures import TRAINER_GAINS
        from trainers.sessions.checks import EXTRA_FLAGS, PARTY_CHECKS, TEST_CHECKS
        from trainers.sessions.tabs import EXTRA_TABS

        EXTRA_FLAGS.append(identical_sheets)
        TEST_CHECKS.append(session_has_tests)
        PARTY_CHECKS.append(entered_copies)
        # The tabs are read from the last one appended.
        EXTRA_TABS.extend([report_tab, follow_up_tab, feedback_tab, results_tab])
        TRAINER_GAINS.append(trainer_gain)
        RUN_STEPS.append(run_test_step)
        EXTRA_PAGES.append(tests_to_take_along)
