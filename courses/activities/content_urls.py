"""Addresses of what frames load: the same in every language, and never with a cookie."""

from django.urls import path, re_path, register_converter

from courses.activities import content_views as views


class Sha256Converter:
    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha256Converter, "sha256")

app_name = "activity_content"

urlpatterns = [
    path("h5p/<sha256:sha256>/", views.h5p_frame, name="h5p_frame"),
    re_path(
        r"^h5p/(?P<sha256>[0-9a-f]{64})/(?P<key>[0-9a-f]{16})/"
        r"(?P<name>preparation\.js|scripts\.js|styles\.css)$",
        views.h5p_part,
        name="h5p_part",
    ),
    path("paquets/<sha256:sha256>/<path:name>", views.package_file, name="package_file"),
    path("bibliotheques/<str:sha256>/<path:name>", views.library_file, name="library_file"),
    path("lecteurs/<slug:player>/<slug:key>/<path:name>", views.player_file, name="player_file"),
    re_path(r"^scorm/(?P<name>scorm\.(?:js|css))$", views.scorm_part, name="scorm_part"),
    path("scorm/<str:site>/<sha256:sha256>/", views.scorm_frame, name="scorm_frame"),
    path(
        "scorm/<str:site>/<sha256:sha256>/fichiers/<path:name>", views.scorm_file, name="scorm_file"
    ),
]
