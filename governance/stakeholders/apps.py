"""The stakeholders as an app; the packaged areas are there after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "governance.stakeholders"
    label = "stakeholders"
    verbose_name = _("Who is who")

    def ready(self) -> None:
        from governance.stakeholders.areas import load_packaged

        post_migrate.connect(load_packaged, sender=self)
