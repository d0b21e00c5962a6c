"""Worker: what ``dramatiq huiyin.project.worker`` runs; the apps choose the broker and declare the jobs."""

import os
import sys

import django
from dramatiq import get_broker

from huiyin.kernel.refusal import Refusal
from huiyin.project.tenancy.selftest import refuse_unfit_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.project.settings")

django.setup()
try:
    refuse_unfit_server()
except Refusal as refusal:
    sys.exit(refusal.words)

broker = get_broker()
