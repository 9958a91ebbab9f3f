"""Tests: fast hashes, a database of their own, no demonstration banner."""

import os
import tempfile
from pathlib import Path

from elearning.settings.base import *

SECRET_KEY = "test-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
IS_DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SERVE_MEDIA = True
SHOW_GALLERY = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Several test runs may share one machine: each has its own database, named after the run.
_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
# A private key made outside a test (a world built once for a module) is nobody's.
SIGNING_KEY_DIR = Path(tempfile.gettempdir()) / f"elearning-keys-{_RUN[:12]}"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: tests of two simultaneous writers need two real connections.
    DATABASES["default"]["TEST"] = {
        "NAME": str(Path(tempfile.gettempdir()) / f"elearning-test-{_RUN[:12]}.sqlite3")
    }
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_elearning_{_RUN[:12]}"}
