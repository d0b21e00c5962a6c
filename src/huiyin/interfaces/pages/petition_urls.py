"""Routes of receipts and petitions."""

from django.urls import path

from . import (
    classify,
    drafts,
    mail_room,
    petition,
    receipt_days,
    receipts,
    register,
    register_urgent,
    secrecy,
    similar,
    statute_suggestions,
    supplements,
)

urlpatterns = [
    path("receipts/", receipts.receipt_list, name="receipts"),
    path("receipts/new", receipts.receipt_new, name="receipt_new"),
    path("receipts/mail-room", mail_room.mail_room, name="mail_room"),
    path("receipts/<int:receipt_id>/register", register.register, name="register"),
    path("receipts/<int:receipt_id>/draft", drafts.draft, name="draft"),
    path("receipts/<int:receipt_id>/similar", similar.similar_petitions, name="similar"),
    path("receipts/<int:receipt_id>/urgent", register_urgent.urgent, name="urgent"),
    path("receipts/<int:receipt_id>/urgent/mark", register_urgent.urgent_mark, name="urgent_mark"),
    path("receipts/<int:receipt_id>/urgent/report", register_urgent.urgent_report, name="urgent_report"),
    path("receipts/<int:receipt_id>/urgent/finish", register_urgent.urgent_finish, name="urgent_finish"),
    path("receipts/<int:receipt_id>/envelope", receipts.envelope, name="envelope"),
    path("receipts/<int:receipt_id>/day", receipt_days.receipt_day, name="receipt_day"),
    path("categories/options", classify.category_options, name="category_options"),
    path("receipts/<int:receipt_id>/not-petition", receipts.not_petition, name="not_petition"),
    path("receipts/<int:receipt_id>/number-only", secrecy.number_only, name="number_only"),
    path("supplements/<int:supplement_id>/pass-on", supplements.supplement_pass_on, name="supplement_pass_on"),
    path("petitions/<int:petition_id>/", petition.petition, name="petition"),
    path("petitions/<int:petition_id>/reveal", petition.petition_reveal, name="petition_reveal"),
    path(
        "petitions/<int:petition_id>/statute-suggestions",
        statute_suggestions.statute_suggestions,
        name="statute_suggestions",
    ),
    path("petitions/<int:petition_id>/<slug:name>", petition.petition_step, name="petition_step"),
    path("attachments/<int:attachment_id>/", petition.attachment, name="attachment"),
]
