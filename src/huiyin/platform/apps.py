"""The app whose tables stand in the public schema: no person and no petition."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Registers the shared tables."""

    name = "huiyin.platform"
    label = "platform"
