"""The app whose tables stand in one county's schema."""

from django.apps import AppConfig


class CountyConfig(AppConfig):
    """Registers the petition office of one county."""

    name = "huiyin.county"
    label = "county"
