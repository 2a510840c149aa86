"""The catalogue as an app; the packaged programs and parameters are there after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Programs and what the law fixes for them."""

    name = "governance.catalogue"
    label = "catalogue"
    verbose_name = _("Programs")

    def ready(self) -> None:
        from governance.catalogue.loading import load

        post_migrate.connect(load, sender=self)
        autodiscover_modules("measures")
