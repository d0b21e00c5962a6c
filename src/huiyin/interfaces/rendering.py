"""How Django draws a form when a template writes ``{{ form }}``: with the same markup as the components."""

from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    """Draws whole forms and single fields by the office's own templates, widgets by Django's."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
