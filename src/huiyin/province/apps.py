"""The app of the province's own schema, which has no table of its own yet: the board reads what counties pushed."""

from django.apps import AppConfig


class ProvinceConfig(AppConfig):
    """Registers the province's migrations."""

    name = "huiyin.province"
    label = "province"
