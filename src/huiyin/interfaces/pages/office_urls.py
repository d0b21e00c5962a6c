"""Routes of the office's own affairs: messages, accounts, units, leading group, trainings, hearings, regulations."""

from django.urls import URLPattern, path

from . import contact, hearings, leading_group, notifications, own_account, regulations, staff, trainings, units

urlpatterns: list[URLPattern] = [
    path("notifications/", notifications.notification_list, name="notifications"),
    path("notifications/read-all", notifications.notifications_read, name="notifications_read"),
    path("notifications/<int:notification_id>/read", notifications.notification_read, name="notification_read"),
    path("account/", own_account.own, name="own_account"),
    path("account/password", own_account.own_password, name="own_password"),
    path("account/tokens", own_account.own_token_new, name="own_token_new"),
    path("account/tokens/<int:token_id>/revoke", own_account.own_token_revoke, name="own_token_revoke"),
    path("staff/", staff.staff, name="staff"),
    path("staff/new", staff.staff_new, name="staff_new"),
    path("staff/<int:staff_id>/", staff.staff_account, name="staff_account"),
    path("staff/<int:staff_id>/change", staff.staff_change, name="staff_change"),
    path("staff/<int:staff_id>/reset", staff.staff_reset, name="staff_reset"),
    path("staff/<int:staff_id>/sign-out", staff.staff_sign_out, name="staff_sign_out"),
    path("staff/<int:staff_id>/disable", staff.staff_disable, name="staff_disable"),
    path("staff/<int:staff_id>/enable", staff.staff_enable, name="staff_enable"),
    path("office/", leading_group.leading_group, name="leading_group"),
    path("office/leading-group/new", leading_group.leading_group_new, name="leading_group_new"),
    path("office/leading-group/<int:member_id>/end", leading_group.leading_group_end, name="leading_group_end"),
    path("office/contact", contact.contact, name="contact"),
    path("office/units/", units.units, name="units"),
    path("office/units/new", units.unit_new, name="unit_new"),
    path("office/units/<int:unit_id>/", units.unit, name="unit"),
    path("office/units/<int:unit_id>/change", units.unit_change, name="unit_change"),
    path("office/units/<int:unit_id>/deactivate", units.unit_deactivate, name="unit_deactivate"),
    path("office/units/<int:unit_id>/reactivate", units.unit_reactivate, name="unit_reactivate"),
    path("office/trainings/", trainings.trainings, name="trainings"),
    path("office/trainings/new", trainings.training_new, name="training_new"),
    path("office/trainings/<int:training_id>/", trainings.training_correct, name="training_correct"),
    path("office/hearings/", hearings.hearings, name="hearings"),
    path("office/hearings/new", hearings.hearing_new, name="hearing_new"),
    path("office/hearings/<int:hearing_id>/", hearings.hearing_correct, name="hearing_correct"),
    path("office/regulations/", regulations.regulations, name="regulations"),
    path("office/regulations/new", regulations.regulation_new, name="regulation_new"),
    path("office/regulations/<int:regulation_id>/", regulations.regulation, name="regulation"),
    path("office/regulations/<int:regulation_id>/correct", regulations.regulation_correct, name="regulation_correct"),
    path("office/regulations/<int:regulation_id>/file", regulations.regulation_file, name="regulation_file"),
]
