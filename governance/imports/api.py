"""Imports for programs: a file is handed in by the founding action of its slice, and followed here."""

from governance.api.paths import record_api
from governance.imports.models import Import
from governance.imports.serializers import ImportSerializer

urlpatterns = [*record_api(Import, "files", ImportSerializer)]
