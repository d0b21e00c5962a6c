"""Routes of a county's office."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from huiyin.interfaces.api.api import api
from huiyin.interfaces.pages import (
    assignments,
    calendar,
    calendar_rules,
    components,
    errors,
    imports,
    petitions,
    promises,
    sign_in,
    today,
)
from huiyin.interfaces.pages import help as help_pages
from huiyin.interfaces.portal import receptions as portal_receptions

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("activate/", sign_in.activate, name="activate"),
    path("petitions/", petitions.petitions, name="petitions"),
    path("petitions/export.xlsx", petitions.petitions_export, name="petitions_export"),
    path("", include("huiyin.interfaces.pages.document_urls")),
    path("", include("huiyin.interfaces.pages.petition_urls")),
    path("", include("huiyin.interfaces.pages.office_urls")),
    path("", include("huiyin.interfaces.pages.reception_urls")),
    path("", include("huiyin.interfaces.pages.oversight_urls")),
    path("", include("huiyin.interfaces.pages.supervision_urls")),
    path("", include("huiyin.interfaces.pages.opinion_urls")),
    path("", include("huiyin.interfaces.pages.hotspot_urls")),
    path("", include("huiyin.interfaces.pages.analysis_urls")),
    path("", include("huiyin.interfaces.pages.period_urls")),
    path("", include("huiyin.interfaces.pages.report_urls")),
    path("assignments/", assignments.assignment_list, name="assignments"),
    path("assignments/<int:assignment_id>/", assignments.assignment, name="assignment"),
    path("assignments/<int:assignment_id>/reveal", assignments.assignment_reveal, name="assignment_reveal"),
    path("assignments/<int:assignment_id>/steps/<slug:name>", assignments.assignment_step, name="assignment_step"),
    path("assignments/<int:assignment_id>/sign", assignments.assignment_sign, name="assignment_sign"),
    path("assignments/<int:assignment_id>/report", assignments.assignment_report, name="assignment_report"),
    path("promises/", promises.promises, name="promises"),
    path("promises/<slug:code>/missing", promises.promise_missing, name="promise_missing"),
    path("imports/", imports.imports, name="imports"),
    path("imports/mapping", imports.import_mapping, name="import_mapping"),
    path("imports/<int:run_id>/", imports.import_run, name="import_run"),
    path("imports/<int:run_id>/carry-out", imports.import_carry_out, name="import_carry_out"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/rules", calendar_rules.calendar_rules, name="calendar_rules"),
    path("help/", help_pages.help_page, name="help"),
    path("help/<slug:slug>/", help_pages.help_on, name="help_on"),
    path("", include("huiyin.interfaces.portal.urls")),
    path("portal/receptions/", portal_receptions.receptions, name="portal_receptions"),
    path("portal/receptions/<int:day_id>/book", portal_receptions.booking_new, name="booking_new"),
    path("portal/bookings/cancel", portal_receptions.booking_give_back, name="booking_give_back"),
    path("api/", api.urls),
]
if settings.DEBUG:
    urlpatterns.append(path("components", components.show, name="components"))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
