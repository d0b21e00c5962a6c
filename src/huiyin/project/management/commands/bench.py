"""bench: measure what the foundations cost, side by side with the usual way."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from huiyin.project.bench import onboarding, tenancy


class Command(BaseCommand):
    help = "Measure the foundations beside the usual way, in one run, on a throw-away server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        subjects = parser.add_subparsers(dest="subject", required=True)
        of_tenancy = subjects.add_parser(
            "tenancy", help="pages of one and of five queries by four ways to the database"
        )
        of_tenancy.add_argument("--seconds", type=float, default=20.0, help="how long to measure (20)")
        of_onboarding = subjects.add_parser(
            "onboarding", help="a new office by the schema script, by psql and by the migrations"
        )
        of_onboarding.add_argument("--turns", type=int, default=5, help="how often each way is measured (5)")

    def handle(self, **options: Any) -> None:
        if options["subject"] == "tenancy":
            tenancy.run(seconds=options["seconds"])
        if options["subject"] == "onboarding":
            onboarding.run(turns=options["turns"])
