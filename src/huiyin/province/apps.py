"""The app of the province's own schema: what was published from the numbers that counties pushed."""

from django.apps import AppConfig


class ProvinceConfig(AppConfig):
    """Registers the province's migrations."""

    name = "huiyin.province"
    label = "province"
