"""What a new account asks about the person: the same whether they choose a password or come from an identity provider."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.clocks.now import today
from governance.signin.people import make_person
from governance.stakeholders.models import Area
from governance.stakeholders.vocabulary import Level
from governance.text import CodeField, WordsField

MOST = 12  # areas of one name that are offered for choosing


class PersonForm(forms.Form):
    """A name and a place. If several places have that name, the page comes back with them to choose from."""

    name = WordsField(
        label=gettext_lazy("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("As on your identity document."),
    )  # fmt: skip
    place = CodeField(
        label=gettext_lazy("District, county or city where you live"), max_length=100,
        help_text=gettext_lazy("The name is enough. It decides which offices are responsible for you; you can change it later."),
    )  # fmt: skip

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_place(self) -> str:
        found = list(Area.objects.called(self.cleaned_data["place"]).valid_on(today()).filter(level__gte=Level.CITY)[: MOST + 1])
        if len(found) == 1:
            self.area = found[0]
        elif found:
            self.offer(found[:MOST])
            raise forms.ValidationError(_("Several places have this name. Choose yours."))
        else:
            raise forms.ValidationError(_("We know no place of this name. Write the name of the district, county or city as it stands in an address."))
        return self.cleaned_data["place"]

    def offer(self, areas: list[Area]) -> None:
        """Make the field a choice; a code is understood as well as a name."""
        self.fields["place"] = CodeField(
            label=self.fields["place"].label, widget=forms.RadioSelect(choices=[(area.code, area.label) for area in areas])
        )
        self._bound_fields_cache.pop("place", None)

    def signup(self, request: Any, user: Any) -> None:
        """Make the person behind the account. Called by allauth inside the transaction that saves the account."""
        user.person = make_person(name=self.cleaned_data["name"], area=self.area)
        user.language = "en" if getattr(request, "LANGUAGE_CODE", "") == "en" else "zh-hans"
        user.save(update_fields=["person", "language"])
