#!/usr/bin/env python3
"""Django's command line; `make help` lists the everyday commands."""

import os
import sys


def main() -> None:
    """Run one management command, with the development settings unless the environment says so."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed in this Python. Run `make install`, then use "
            f".venv/bin/python manage.py. ({error})"
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
