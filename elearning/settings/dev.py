"""Development and the demonstration: one machine, no service, nothing secret."""

import os

from elearning.settings.base import *

DEBUG = os.environ.get("DEBUG", "1") == "1"
SECRET_KEY = "development-only-never-used-where-people-sign-in"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
SERVE_MEDIA = True
SHOW_GALLERY = DEBUG
WHITENOISE_USE_FINDERS = True  # no collectstatic on a developer's machine
WHITENOISE_AUTOREFRESH = DEBUG
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns where there is none
