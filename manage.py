#!/usr/bin/env python
"""Every command of the project; see ``manage.py help``."""

import os
import signal
import sys


def main() -> None:
    """Run a command; what is wrong with the environment is told in a sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.embedded")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that whatever was started is ended in good order
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that starts us in the background has it ignored
    try:
        if os.environ["DJANGO_SETTINGS_MODULE"].endswith(".embedded"):
            start_servers()
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line

        try:
            execute_from_command_line(sys.argv)
        except ImproperlyConfigured as error:
            sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Ended.")


def start_servers() -> None:
    """Embedded servers where the environment names none, before the settings are read."""
    from governance.embedded import claim, ensure_servers

    if sys.argv[1:2] == ["demo"] and "--help" not in sys.argv:
        print("Starting PostgreSQL and Valkey …", flush=True)  # noqa: T201
        os.environ["EMBEDDED_NAME"] = claim()
        compile_once(os.environ["EMBEDDED_NAME"])
    ensure_servers(os.environ.setdefault("EMBEDDED_NAME", "demo"))


def compile_once(name: str) -> None:
    """Where Python may not leave compiled modules beside the code, they are kept with the data: four processes read the same ones."""
    if sys.dont_write_bytecode:
        from governance.embedded import PROJECT
        from governance.embedded.processes import state_dir

        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(state_dir(PROJECT, name) / "bytecode")
        sys.dont_write_bytecode = False


if __name__ == "__main__":
    main()
