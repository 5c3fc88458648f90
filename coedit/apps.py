from django.apps import AppConfig


class CoeditConfig(AppConfig):
    name = "coedit"
