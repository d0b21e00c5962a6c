"""The web process: settings, error reports, a database that keeps the offices apart, then Django."""

import os

from django.core.wsgi import get_wsgi_application

from huiyin.project import sentry
from huiyin.project.tenancy.selftest import refuse_unfit_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.project.settings")
application = get_wsgi_application()
sentry.start("web")
refuse_unfit_server()
