from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainersConfig(AppConfig):
    name = "trainers"
    verbose_name = _("Sessions et formateurs")

    def ready(self) -> None:
        """Be told of the runs that people begin and read (docs/architecture.md names the lists)."""
        from courses.run_listeners import RUN_MOVED, RUN_STARTED
        from trainers.participation.runs import enrol_in_run, follow_run

        RUN_STARTED.append(lambda run: enrol_in_run(run=run))
        RUN_MOVED.append(lambda run: follow_run(run=run))
