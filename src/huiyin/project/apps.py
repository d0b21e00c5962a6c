"""The app that holds the commands which need the whole house: onboarding, migrating, measuring."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Registers the project's commands; it has no tables."""

    name = "huiyin.project"
    label = "project"
