from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainersConfig(AppConfig):
    name = "trainers"
    verbose_name = _("Sessions et formateurs")

    def ready(self) -> None:
        """Add to the lists of the apps below and of its own (docs/architecture.md names them)."""
        from accounts.merge_refusals import MERGE_REFUSALS
        from courses.run_listeners import RUN_MOVED, RUN_STARTED
        from trainers.oversight.check_flags import phone_check_flags
        from trainers.participation.runs import enrol_in_run, follow_run
        from trainers.people.merged_trainers import refuse_hidden_trainer
        from trainers.sessions.checks import EXTRA_FLAGS

        RUN_STARTED.append(lambda run: enrol_in_run(run=run))
        RUN_MOVED.append(lambda run: follow_run(run=run))
        MERGE_REFUSALS.append(refuse_hidden_trainer)
        EXTRA_FLAGS.append(phone_check_flags)
