"""manage.py seed_activities: two activities in the demonstration's lessons."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from elearning.demo.activities import seed_activities


class Command(BaseCommand):
    help = (
        "Importe deux activités de démonstration (H5P et SCORM), approuve leur code et les place "
        "dans deux leçons. Un second appel ne change rien."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or settings.IS_DEMO):
            raise CommandError(_("Le monde de démonstration ne se construit pas en production."))
        people = {user.username: user for user in User.objects.filter(username__in=_NEEDED)}
        if set(people) != set(_NEEDED):
            raise CommandError("Construisez d'abord le monde de démonstration : seed_demo.")
        versions = seed_activities(editor=people["redactrice"], administrator=people["admin"])
        for version in versions:
            self.stdout.write(f"  Activité {version.activity.code} ({version.get_kind_display()})")


_NEEDED = ("redactrice", "admin")
