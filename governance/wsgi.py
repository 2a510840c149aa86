"""The web, for granian or any WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.production")
gc.disable()  # nothing of what is loaded is thrown away: looking for it is a sixth of the start
application = get_wsgi_application()
_ = get_resolver().url_patterns  # every page is loaded now: the first visitor does not wait, and no later version mixes in
gc.freeze()  # nor is it looked at while requests are answered
gc.enable()
