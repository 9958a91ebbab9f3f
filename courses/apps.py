from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Cours")

    def ready(self) -> None:
        """Be told of the roles that come with a group in Wagtail, and of each document given."""
        from wagtail.documents.models import document_served

        from accounts.role_listeners import ROLE_ENDED, ROLE_GIVEN
        from courses.downloads import count_served_document
        from courses.role_following import join_group, leave_group

        ROLE_GIVEN.append(join_group)
        ROLE_ENDED.append(leave_group)
        document_served.connect(count_served_document)
