"""Accounts and what they are entrusted with. A person may have no account at all."""

import datetime

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.people import Organization, Person
from accounts.models.reference import Territory


class User(AbstractUser):
    """An account. Signs in by e-mail, phone number or matricule (`username`)."""

    email = models.EmailField(_("adresse e-mail"), blank=True, db_index=True)
    phone = models.CharField(_("téléphone"), max_length=20, null=True, blank=True, unique=True)
    phone_verified = models.BooleanField(_("téléphone vérifié"), default=False)
    person = models.OneToOneField(
        Person,
        verbose_name=_("personne"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="user",
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="one_account_per_email",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, day: datetime.date) -> "RoleAssignmentQuerySet":
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=day), started_on__lte=day)


class RoleAssignment(models.Model):
    """One role of one account, within a territory or a structure where the role has a scope."""

    user = models.ForeignKey(
        User, verbose_name=_("compte"), on_delete=models.CASCADE, related_name="role_assignments"
    )
    role = models.CharField(_("rôle"), max_length=20, choices=Role)
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_assignments",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("structure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_assignments",
    )
    started_on = models.DateField(_("depuis le"))
    ended_on = models.DateField(_("jusqu'au"), null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("rôle attribué")
        verbose_name_plural = _("rôles attribués")
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=Role.FOCAL_POINT) | Q(territory__isnull=False),
                name="focal_point_has_a_territory",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.CORRESPONDENT) | Q(organization__isnull=False),
                name="correspondent_has_an_organization",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.user_id}"
