"""Routes of papers."""

from django.urls import path

from . import documents

urlpatterns = [
    path("documents/", documents.document_list, name="documents"),
    path("documents/<int:document_id>.pdf", documents.document_pdf, name="document_pdf"),
    path("documents/<int:document_id>.docx", documents.document_word, name="document_word"),
    path("petitions/<int:petition_id>/file.pdf", documents.petition_file, name="petition_file"),
    path("petitions/<int:petition_id>/documents/<slug:kind>", documents.document_write, name="document_write"),
]
