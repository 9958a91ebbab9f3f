"""manage.py review_trainers: prolong and lapse qualifications. To be run every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from trainers.registry.review import review_registry


class Command(BaseCommand):
    help = "Prolonge les habilitations des formateurs actifs et note celles qui sont échues."

    def handle(self, *args: Any, **options: Any) -> None:
        reviewed = review_registry()
        self.stdout.write(
            _("Habilitations prolongées : %(prolonged)s. Changements d'état : %(moved)s.")
            % {"prolonged": reviewed.prolonged, "moved": reviewed.moved}
        )
