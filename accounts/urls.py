"""Sign-in, password and second factor: allauth's views under French paths; and our own screens.

Of allauth only the pages we offer are listed: no sign-up and no management of e-mail addresses. It
reverses its names itself, hence no namespace for them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, include, path, re_path

from accounts import account_views as views
from accounts.audience import audience
from accounts.enums import Audience

public = audience(Audience.PUBLIC)
signed_in = audience(Audience.SIGNED_IN)

RESET_KEY = r"^mot-de-passe/oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns: list[URLPattern | URLResolver] = [
    path("connexion/", public(account.login), name="account_login"),
    path("connexion/second-facteur/", public(mfa.authenticate), name="mfa_authenticate"),
    path("deconnexion/", public(account.logout), name="account_logout"),
    path("compte-desactive/", public(account.account_inactive), name="account_inactive"),
    path("confirmer/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("confirmer/second-facteur/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("mot-de-passe/", signed_in(account.password_change), name="account_change_password"),
    path("mot-de-passe/choisir/", signed_in(account.password_set), name="account_set_password"),
    path("mot-de-passe/oublie/", public(account.password_reset), name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "mot-de-passe/oublie/fait/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        RESET_KEY,
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("second-facteur/", signed_in(mfa.index), name="mfa_index"),
    path("second-facteur/activer/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("second-facteur/retirer/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-facteur/codes/",
        signed_in(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-facteur/codes/nouveaux/",
        signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-facteur/codes/telecharger/",
        signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]

our_screens: list[URLPattern] = [
    path("", views.own_account, name="own_account"),
    path("gestion/", views.account_list, name="account_list"),
    path("gestion/nouveau/", views.new_account, name="new_account"),
    path("gestion/nouveau/personne/", views.new_person, name="new_person"),
    path("gestion/nouveau/<uuid:person_uuid>/", views.new_account_of, name="new_account_of"),
    path("gestion/<int:user_id>/", views.account, name="account"),
    path("gestion/<int:user_id>/roles/<int:assignment_id>/fin/", views.end_role, name="end_role"),
    path("gestion/<int:user_id>/mot-de-passe/", views.renew_password, name="renew_password"),
    path("gestion/<int:user_id>/desactiver/", views.deactivate, name="deactivate"),
    path("gestion/<int:user_id>/reactiver/", views.reactivate, name="reactivate"),
]
urlpatterns += [path("", include((our_screens, "accounts")))]
