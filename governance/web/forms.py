"""How forms are drawn."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Fields with label, hint and error in the markup of the design system."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
