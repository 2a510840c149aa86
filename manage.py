#!/usr/bin/env python
"""Every command of the project; see ``manage.py help``."""

import os
import sys


def main() -> None:
    """Start embedded servers where none are named, before the settings are read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.embedded")
    if os.environ["DJANGO_SETTINGS_MODULE"].endswith(".embedded"):
        from governance.embedded import claim, ensure_servers

        if sys.argv[1:2] == ["demo"] and "--help" not in sys.argv:
            print("Starting PostgreSQL and Valkey …", flush=True)  # noqa: T201
            os.environ["EMBEDDED_NAME"] = claim()
        ensure_servers(os.environ.setdefault("EMBEDDED_NAME", "demo"))
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
