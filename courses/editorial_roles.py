"""Who may write in Wagtail: authors submit, validators publish (domain §7)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.enums import Role
from accounts.models import User
from courses.site_tree import ensure_site

AUTHORS, VALIDATORS = "Rédacteurs", "Validateurs"  # the groups' names, also shown in Wagtail
GROUP_OF_ROLE = {Role.EDITOR: AUTHORS, Role.VALIDATOR: VALIDATORS}
PAGE_PERMISSIONS = {
    AUTHORS: ("add_page", "change_page"),
    VALIDATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
SNIPPET_PERMISSIONS = {
    AUTHORS: (
        *("add_glossaryterm", "change_glossaryterm", "view_glossaryterm", "view_topic"),
        *("add_recording", "change_recording", "view_recording"),
    ),
    VALIDATORS: (
        *("add_recording", "change_recording", "delete_recording", "view_recording"),
        *("add_glossaryterm", "change_glossaryterm", "delete_glossaryterm", "view_glossaryterm"),
        *("add_topic", "change_topic", "view_topic"),
    ),
}
# On every collection; only validators change what somebody else brought.
LIBRARY_PERMISSIONS = {
    AUTHORS: ("add_image", "choose_image", "add_document", "choose_document"),
    VALIDATORS: (
        *("add_image", "change_image", "choose_image"),
        *("add_document", "change_document", "choose_document"),
    ),
}


class NotAnEditorialRole(ValueError):
    """Only authors and validators have a group in Wagtail."""


@dataclass(frozen=True, slots=True)
class EditorialGroups:
    authors: Group
    validators: Group


@transaction.atomic
def ensure_editorial_groups() -> EditorialGroups:
    """Return the two groups with their rights on the sections, and the approval workflow in place.

    Rights and workflow are added where they are missing; those an administrator added stay.
    """
    site = ensure_site()
    sections = (site.catalogue, site.awareness, site.glossary)
    groups = EditorialGroups(_group(AUTHORS, sections), _group(VALIDATORS, sections))
    _ensure_workflow(groups.validators, sections)
    return groups


@transaction.atomic
def put_in_group(*, user: User, role: str) -> Group:
    """Give the account its group in Wagtail. Raises NotAnEditorialRole for another role."""
    if role not in GROUP_OF_ROLE:
        raise NotAnEditorialRole(
            _("Le rôle « %(role)s » n'écrit pas de contenus.") % {"role": role}
        )
    groups = ensure_editorial_groups()
    group = groups.authors if role == Role.EDITOR else groups.validators
    user.groups.add(group)
    return group


def _group(name: str, sections: Iterable[Page]) -> Group:
    group, _is_new = Group.objects.get_or_create(name=name)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        *Permission.objects.filter(
            content_type__app_label="courses", codename__in=SNIPPET_PERMISSIONS[name]
        ),
    )
    library = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"),
        codename__in=LIBRARY_PERMISSIONS[name],
    )
    for permission in library:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    allowed = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS[name]
    )
    for section in sections:
        for permission in allowed:
            GroupPagePermission.objects.get_or_create(
                group=group, page_id=section.pk, permission=permission
            )
    return group


def _ensure_workflow(validators: Group, sections: Iterable[Page]) -> None:
    """A page goes live when one validator approves it."""
    workflow, is_new = Workflow.objects.get_or_create(
        name=_("Validation des contenus"), defaults={"active": True}
    )
    if is_new:
        task = GroupApprovalTask.objects.create(name=_("Accord d'un validateur"), active=True)
        task.groups.add(validators)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for section in sections:
        WorkflowPage.objects.get_or_create(page_id=section.pk, defaults={"workflow": workflow})
