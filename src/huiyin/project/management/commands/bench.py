"""bench: measure what the foundations cost, side by side with the usual way."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from huiyin.project.bench import board, classes, fleet, ledger, onboarding, similar, tenancy


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
        of_fleet = subjects.add_parser("fleet", help="one added column in every county, by the fleet and stock")
        of_fleet.add_argument("--counties", type=int, default=150, help="how many counties (150)")
        of_fleet.add_argument("--sample", type=int, default=fleet.SAMPLE, help="how many by the stock way (5)")
        of_fleet.add_argument("--workers", type=int, default=2, help="how many at the same time (2)")
        of_board = subjects.add_parser("board", help="the province's board: its question and its page")
        of_board.add_argument("--counties", type=int, default=150, help="how many counties (150)")
        of_board.add_argument("--years", type=int, default=10, help="how many years of monthly numbers (10)")
        of_board.add_argument("--turns", type=int, default=60, help="how often each is measured (60)")
        of_board.add_argument(
            "--board-only", action="store_true", help="write only the indicators and channels that the page adds up"
        )
        of_import = subjects.add_parser("import", help="an old ledger, tried and imported row by row")
        of_import.add_argument("--rows", type=int, default=10_000, help="how many rows the ledger has (10000)")
        of_import.add_argument("--seconds", type=float, default=1200.0, help="how long it may import at most (1200)")
        of_similar = subjects.add_parser("similar", help="similar petitions while a clerk types: speed, precision")
        of_similar.add_argument("--petitions", type=int, default=20_000, help="how many are in the register (20000)")
        of_similar.add_argument("--asked", type=int, default=400, help="how many letters are asked about (400)")
        subjects.add_parser("classes", help="the class suggestion on the demonstration's year, each item left out")

    def handle(self, **options: Any) -> None:
        if options["subject"] == "tenancy":
            tenancy.run(seconds=options["seconds"])
        if options["subject"] == "onboarding":
            onboarding.run(turns=options["turns"])
        if options["subject"] == "fleet":
            fleet.run(counties=options["counties"], sample=options["sample"], workers=options["workers"])
        if options["subject"] == "board":
            board.run(
                counties=options["counties"],
                years=options["years"],
                turns=options["turns"],
                every_indicator=not options["board_only"],
            )
        if options["subject"] == "import":
            ledger.run(rows=options["rows"], seconds=options["seconds"])
        if options["subject"] == "similar":
            similar.run(petitions=options["petitions"], asked=options["asked"])
        if options["subject"] == "classes":
            classes.run()
