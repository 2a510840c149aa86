#!/usr/bin/env python
"""Every command of the project; see ``manage.py help``."""

import os
import sys


def main() -> None:
    """Start embedded servers where none are named, before the settings are read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.embedded")
    if os.environ["DJANGO_SETTINGS_MODULE"].endswith(".embedded"):
        from governance.embedded import ensure_servers

        ensure_servers("demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
