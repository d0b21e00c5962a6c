"""The app whose tables stand in the province's own schema."""

from django.apps import AppConfig


class ProvinceConfig(AppConfig):
    """Registers the province's board."""

    name = "huiyin.province"
    label = "province"
