#!/usr/bin/env python
"""Every command of the project; see ``manage.py help``."""

import os
import signal
import sys
from typing import Any


def main() -> None:
    """Run a command; what is wrong with the environment is told in a sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.embedded")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal that cannot show Chinese shows the rest
    signal.signal(signal.SIGTERM, end)  # so that whatever was started is ended in good order
    signal.signal(signal.SIGINT, end if is_demo() else signal.default_int_handler)  # in the background it may be ignored
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


def is_demo() -> bool:
    """Whether the whole demonstration was asked for."""
    return sys.argv[1:2] == ["demo"] and not {"--help", "-h"} & set(sys.argv)


def end(number: int, _frame: Any) -> None:
    """Asked to end: whoever starts the next demonstration is told, and a second Ctrl-C leaves no process behind."""
    if is_demo():
        from governance import embedded

        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_IGN)
        embedded.announce(embedded.ENDING)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(143)


def say(text: str) -> None:
    """A line of progress."""
    print(text, flush=True)  # noqa: T201


def start_servers() -> None:
    """Embedded servers where the environment names none, before the settings are read."""
    from governance import embedded

    if is_demo():
        from governance.embedded import given

        given.check()
        os.environ["EMBEDDED_NAME"] = name = embedded.claim(say)
        embedded.demand_room(name)
        compile_once(name)
        servers = (("DATABASE_URL", "PostgreSQL"), ("REDIS_URL", "Valkey"))
        if missing := [server for variable, server in servers if not os.environ.get(variable)]:
            say(f"Starting {' and '.join(missing)} …")
    embedded.ensure_servers(os.environ.setdefault("EMBEDDED_NAME", "demo"))


def compile_once(name: str) -> None:
    """Where Python may not leave compiled modules beside the code, they are kept with the data: four processes read the same."""
    if sys.dont_write_bytecode:
        from governance.embedded import PROJECT
        from governance.embedded.processes import state_dir

        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(state_dir(PROJECT, name) / "bytecode")
        sys.dont_write_bytecode = False


if __name__ == "__main__":
    main()
