"""The web as ASGI, for servers that need it; the main site runs faster as WSGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.production")
application = get_asgi_application()
