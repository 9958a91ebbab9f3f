from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Attestations")

    def ready(self) -> None:
        """Give sessions their tab (docs/architecture.md names the list)."""
        from certificates.session_tab import certificates_tab
        from trainers.sessions.tabs import EXTRA_TABS

        EXTRA_TABS.append(certificates_tab)
