"""The web, for granian or any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.production")
application = get_wsgi_application()
_ = get_resolver().url_patterns  # every page is loaded now: the first visitor does not wait, and no later version mixes in
