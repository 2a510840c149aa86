"""Static files under names that change with their content, also where one script imports another."""

from django.apps import apps
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Kept by browsers for ever."""

    support_js_module_import_aggregation = True


class Finder(AppDirectoriesFinder):
    """The apps' static files, leaving out what no page uses (htmx is vendored with the look; the interface is described without a script)."""

    unused = frozenset({"django_htmx", "rest_framework", "drf_spectacular_sidecar"})

    def __init__(self, app_names: object = None, *args: object, **options: object) -> None:
        super().__init__([c.name for c in apps.get_app_configs() if c.name not in self.unused], *args, **options)


class PlainStorage(ManifestStaticFilesStorage):
    """The same without compressing, which takes longer than a demonstration should."""

    support_js_module_import_aggregation = True
