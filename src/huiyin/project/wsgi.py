"""WSGI: what the web server calls; on a database that is not fit for many counties it does not start."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from huiyin.kernel.refusal import Refusal
from huiyin.project.tenancy.selftest import refuse_unfit_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.project.settings")

application = get_wsgi_application()
try:
    refuse_unfit_server()
except Refusal as refusal:
    sys.exit(refusal.words)
