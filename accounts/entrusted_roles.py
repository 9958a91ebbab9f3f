"""Acts of an administrator on roles: entrust one, end one, keep one administrator at least."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import log_act
from accounts.enums import Role
from accounts.models import Organization, RoleAssignment, Territory, User
from accounts.people import AccountRefused, give_role
from accounts.role_listeners import ROLE_ENDED


@transaction.atomic
def entrust_role(
    *,
    user: User,
    role: str,
    territory: Territory | None = None,
    organization: Organization | None = None,
    by: User,
) -> RoleAssignment:
    """Give a role from today.

    Raises AccountRefused when the scope is missing, when the role is already held in that scope,
    and when an administrator serves himself: whoever opens accounts decides nothing alone.
    """
    refuse_technical_account(user)
    if user.pk == by.pk:
        raise AccountRefused(
            _(
                "Vous ne pouvez pas vous confier un rôle à vous-même : demandez à un autre "
                "administrateur."
            )
        )
    today = timezone.localdate()
    # Two simultaneous requests on one account wait for each other here.
    User.objects.select_for_update().get(pk=user.pk)
    held = RoleAssignment.objects.in_force(today).filter(
        user=user, role=role, territory=territory, organization=organization
    )
    if held.exists():
        raise AccountRefused(
            _("%(user)s a déjà le rôle « %(role)s » pour ce même périmètre.")
            % {"user": user, "role": Role(role).label}
        )
    assignment = give_role(
        user=user, role=role, territory=territory, organization=organization, on=today
    )
    log_act("role_given", by=by, account=user, detail=role)
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, by: User) -> RoleAssignment:
    """End a role at once: the eve is its last day, and the row stays as a trace.

    Ending it twice changes nothing. Raises AccountRefused for the last administrator.
    """
    today = timezone.localdate()
    kept = (
        RoleAssignment.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=assignment.pk)
    )
    if kept.ended_on is not None and kept.ended_on < today:
        return kept
    user = kept.user
    refuse_technical_account(user)
    others = RoleAssignment.objects.in_force(today).filter(user=user, role=kept.role)
    is_last_scope = not others.exclude(pk=kept.pk).exists()
    if kept.role == Role.ADMINISTRATOR and is_last_scope:
        keep_an_administrator(besides=user)
    kept.ended_on = today - datetime.timedelta(days=1)
    kept.save(update_fields=["ended_on"])
    user.__dict__.pop("_assignments_in_force", None)
    if is_last_scope:
        for tell in ROLE_ENDED:
            tell(user, kept.role)
    log_act("role_ended", by=by, account=user, detail=kept.role)
    return kept


def keep_an_administrator(*, besides: User) -> None:
    """Raise AccountRefused when nobody but `besides` could administer the accounts any more.

    Called inside a transaction: the administrators' accounts are locked first and counted after, so
    that two of them cannot remove each other at the same moment.
    """
    holders = RoleAssignment.objects.in_force(timezone.localdate()).filter(role=Role.ADMINISTRATOR)
    locked = User.objects.select_for_update().filter(pk__in=holders.values("user")).order_by("pk")
    list(locked.values_list("pk", flat=True))
    remaining = User.objects.filter(is_active=True, pk__in=holders.values("user"))
    if not remaining.exclude(pk=besides.pk).exists():
        raise AccountRefused(
            _(
                "%(user)s est le dernier administrateur en fonction : confiez d'abord ce rôle à "
                "une autre personne."
            )
            % {"user": besides}
        )


def refuse_technical_account(user: User) -> None:
    """Raise AccountRefused for an account that holds every right: it is managed on the server."""
    if user.is_superuser:
        raise AccountRefused(
            _("%(user)s est un compte technique : il se gère sur le serveur.") % {"user": user}
        )
