"""Routes of leaders, instructions and reception days."""

from django.urls import URLPattern, path

from . import instructions, leaders, receptions, receptions_day, receptions_party, receptions_record

urlpatterns: list[URLPattern] = [
    path("leaders/", leaders.leaders, name="leaders"),
    path("instructions/", instructions.instruction_list, name="instructions"),
    path("instructions/<int:instruction_id>/", instructions.instruction, name="instruction"),
    path("instructions/<int:instruction_id>/<slug:name>", instructions.instruction_act, name="instruction_act"),
    path("receptions/", receptions.roster, name="receptions"),
    path("receptions/days/new", receptions.day_new, name="reception_day_new"),
    path("receptions/days/<int:day_id>/", receptions_day.day, name="reception_day"),
    path("receptions/days/<int:day_id>/change", receptions.day_change, name="reception_day_change"),
    path("receptions/days/<int:day_id>/cancel", receptions.day_cancel, name="reception_day_cancel"),
    path("receptions/days/<int:day_id>/sign-in", receptions_day.sign_in, name="reception_sign_in"),
    path("receptions/days/<int:day_id>/book", receptions_day.book, name="reception_book"),
    path("receptions/bookings/<int:booking_id>/cancel", receptions_day.booking_cancel, name="booking_cancel"),
    path("receptions/bookings/<int:booking_id>/tell", receptions_day.booking_tell, name="booking_tell"),
    path("receptions/<int:reception_id>/", receptions_party.party, name="reception"),
    path("receptions/<int:reception_id>/record", receptions_record.record, name="reception_record"),
    path("receptions/<int:reception_id>/interview", receptions_party.interview, name="reception_interview"),
    path("receptions/<int:reception_id>/register", receptions_party.register, name="reception_register"),
    path("receptions/<int:reception_id>/<slug:name>", receptions_party.act, name="reception_act"),
]
