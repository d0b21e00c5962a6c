"""The app that stands in every tenant schema: who may sign in there."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the accounts of one office."""

    name = "huiyin.accounts"
    label = "accounts"
