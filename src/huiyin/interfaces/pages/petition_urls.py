"""Routes of receipts and petitions."""

from django.urls import path

from . import petition, receipts

urlpatterns = [
    path("receipts/", receipts.receipt_list, name="receipts"),
    path("receipts/new", receipts.receipt_new, name="receipt_new"),
    path("receipts/<int:receipt_id>/register", receipts.register, name="register"),
    path("receipts/<int:receipt_id>/not-petition", receipts.not_petition, name="not_petition"),
    path("petitions/<int:petition_id>/", petition.petition, name="petition"),
    path("petitions/<int:petition_id>/reveal", petition.petition_reveal, name="petition_reveal"),
    path("petitions/<int:petition_id>/<slug:name>", petition.petition_step, name="petition_step"),
    path("attachments/<int:attachment_id>/", petition.attachment, name="attachment"),
]
