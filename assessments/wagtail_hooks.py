"""What the site's history knows of the tests."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from assessments.key_prints import PRINT_KEY


@hooks.register("register_log_actions")
def register_key_print(actions: LogActionRegistry) -> None:
    actions.register_action(PRINT_KEY, _("Imprimer un corrigé"), _("Corrigé imprimé"))
