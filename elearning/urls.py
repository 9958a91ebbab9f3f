"""Every address of the platform. Wagtail's pages come last: they take what is left."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic.base import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.audience import audience
from accounts.enums import Audience
from elearning.views import (
    after_sign_in,
    component_gallery,
    offline_page,
    service_worker,
    web_manifest,
)

public = audience(Audience.PUBLIC)
# Wagtail brings two sign-in pages that know no second factor: both lead to ours.
to_sign_in = public(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns = [
    path("cms/login/", to_sign_in),
    path("_util/login/", to_sign_in),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sw.js", service_worker, name="service_worker"),  # at the root: it answers for every page
    path("manifest.webmanifest", web_manifest, name="web_manifest"),
    path("hors-ligne/", offline_page, name="offline_page"),
    path("activites-contenu/", include("courses.activities.content_urls")),
]

# What people read: in French without a prefix, in another language under its code.
readable: list[URLPattern | URLResolver] = [
    path("compte/", include("accounts.urls")),
    path("compte/arrivee/", after_sign_in, name="after_sign_in"),
    path("", include("indicators.urls")),
    path("", include("certificates.urls")),
    path("", include("assessments.urls")),
    path("", include("trainers.urls")),
    path("", include("courses.urls")),
]

if settings.SHOW_GALLERY:
    urlpatterns += [path("_composants/", component_gallery, name="component_gallery")]

if settings.SERVE_MEDIA:  # a web server does it in production
    urlpatterns += [
        re_path(
            r"^media/(?P<path>.*)$", public(serve), {"document_root": settings.MEDIA_ROOT}, "media"
        )
    ]

urlpatterns += i18n_patterns(
    *readable, path("", include(wagtail_urls)), prefix_default_language=False
)
