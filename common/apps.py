from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "common"

    def ready(self):
        post_migrate.connect(guard_periods)


def guard_periods(sender, using, **kwargs):
    from common.constraints import install

    for model in sender.get_models():
        if hasattr(model, "no_overlap"):
            install(model, using)
