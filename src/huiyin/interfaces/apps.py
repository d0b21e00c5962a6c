"""The app that holds templates and management commands; it has no tables."""

from django.apps import AppConfig


class InterfacesConfig(AppConfig):
    """Registers screens, API and commands."""

    name = "huiyin.interfaces"
    label = "interfaces"
