"""The content security policy: strict on every page, looser in the Wagtail editor only."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class ContentPolicyMiddleware(CSPMiddleware):
    """Add the policy of `CONTENT_SECURITY_POLICY`, or the editor's under `CMS_PATH`."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Decide by the path asked for: the editor needs inline scripts, no other page does."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(settings.CMS_PATH):
            parts.config = settings.CMS_CONTENT_SECURITY_POLICY
        return parts
