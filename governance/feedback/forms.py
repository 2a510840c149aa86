"""The pages of the intake, one question at a time; and forms where the generated one is not good enough."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from governance.actions import registry
from governance.clocks.now import today
from governance.feedback import rules
from governance.feedback.actions import AddToMatter, DraftAnswer, RegisterMatter, SubmitMatter
from governance.feedback.files import ACCEPTED, MOST_FILES, checked
from governance.feedback.models import Answer, Attachment
from governance.feedback.querysets import colleagues
from governance.feedback.vocabulary import Category, Kind, MatterState, Outcome
from governance.private_numbers import without_identity_numbers
from governance.stakeholders.inputs import AreaField
from governance.text import CodeField, EmailField, PatternField, WordsField, form_field

SHORTEST = 10
# Of the figures: over which days, and apart by what.
SPANS = {"90": _("the last 90 days"), "365": _("the last year"), "1095": _("the last three years")}
BY = {"office": _("Office"), "category": _("About"), "area": _("County"), "month": _("Month")}
EXPLAINED = {
    Kind.QUESTION: _("Question: I want to know something"),
    Kind.SUGGESTION: _("Suggestion: something could be better"),
    Kind.COMPLAINT: _("Complaint: something went wrong"),
    Kind.REPORT: _("Report of wrongdoing: somebody breaks the rules; they do not see it"),
    Kind.PETITION: _("Petition: I ask for a decision"),
    Kind.PRAISE: _("Praise: something was done well"),
    Kind.CORRECTION: _("Correction: my record is wrong"),
}
_a_telephone = RegexValidator(r"^(?=(?:\D*\d){5})[0-9+() -]+(?:(?:转|ext\.?|x|#)[ -]?\d{1,6})?$", _("Write a telephone number with figures, such as 138 0000 0000."))


class KindForm(forms.Form):
    """What is it?"""

    kind = forms.ChoiceField(
        label=_("What do you want to do?"), choices=list(EXPLAINED.items()), widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
    )  # fmt: skip


class AboutForm(forms.Form):
    """About what, and where?"""

    category = forms.ChoiceField(
        label=_("What is it about?"), choices=Category.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
    )  # fmt: skip
    area = AreaField(label=_("Where is it?"), error_messages={"required": _("Say where it is: the office there answers you.")})
    named = WordsField(
        label=_("Which organisation or whom is it about?"), max_length=200, required=False,
        help_text=_("Leave empty if it is about nobody. Whoever you complain about does not handle it."),
    )  # fmt: skip


class Discreet(forms.Form):
    """Keeps nobody's identity number where people write freely: it is hidden, and said so."""

    free = ("subject", "text", "named")
    hidden_numbers = 0

    def clean(self) -> dict[str, Any]:
        """All but the last characters of every identity number hidden, and how many there were."""
        told = super().clean() or {}
        for name in self.free:
            if told.get(name):
                told[name], count = without_identity_numbers(told[name])
                self.hidden_numbers += count
        return told


class TextForm(Discreet):
    """What happened?"""

    subject = WordsField(label=_("In one line"), max_length=100, error_messages={"required": _("Say in one line what it is about.")})
    text = WordsField(
        label=_("What happened, and what do you ask for?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("When, where, who. Leave out numbers of identity cards."), error_messages={"required": _("Write what happened.")},
    )  # fmt: skip
    def clean_text(self) -> str:
        """Enough to understand it."""
        text = self.cleaned_data["text"]
        if len(text) < SHORTEST:
            raise forms.ValidationError(_("Write a little more: so far it is only %(n)s characters.") % {"n": len(text)})
        return text


class SeveralFiles(forms.ClearableFileInput):
    """A field in which several files are chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Which there are. Whoever keeps them judges each by itself: one that is wrong does not take the others with it."""
        return [one for one in data or [] if one]


class FilesForm(forms.Form):
    """Photos and papers."""

    file = FilesField(
        label=_("Add photos or papers"), required=False,
        help_text=_("JPEG, PNG, WebP, HEIC or PDF, up to 10 MB each, at most five. Place and camera are removed from photos."),
        widget=SeveralFiles(attrs={"accept": ACCEPTED}),
    )  # fmt: skip

    def __init__(self, *args: Any, draft: str = "", present: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.draft, self.present = draft, present
        self.attachments: list[Attachment] = []  # those that are right; they are kept even if another is not

    def clean_file(self) -> list[Any]:
        """What each really is; one after the other, so that never two are opened at once."""
        uploads = self.cleaned_data["file"]
        if not uploads and self.data.get("file"):  # its bytes came as if somebody had typed them
            raise forms.ValidationError(_("The file did not arrive. Choose it once more."))
        if len(uploads) > (room := max(MOST_FILES - self.present, 0)):
            raise forms.ValidationError(_("At most five files: there is room for %(n)s more. Take one out first, or choose fewer.") % {"n": room})
        problems: list[forms.ValidationError] = []
        for upload in uploads:
            try:
                self.attachments.append(checked(upload, self.draft))
            except forms.ValidationError as problem:
                problems.append(problem)
        if problems:
            raise forms.ValidationError(problems)
        return uploads


class ContactForm(forms.Form):
    """How can you be reached?"""

    name = WordsField(
        label=_("Your name"), max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("You may leave all of this empty: the tracking code is enough."),
    )  # fmt: skip
    email = EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This is no e-mail address. One looks like name@example.cn.")},
    )  # fmt: skip
    telephone = CodeField(
        label=_("Telephone"), max_length=30, required=False, validators=[_a_telephone],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    may_publish = forms.BooleanField(
        label=_("What I asked and the answer may be published without my name"), required=False,
        help_text=_("Somebody checks first that nobody can be recognised."),
    )  # fmt: skip


class CheckForm(forms.Form):
    """Is everything right? Whoever has sent very many says why, and works out a small sum."""

    def __init__(self, *args: Any, sum: tuple[str, int] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.answer = sum[1] if sum else None
        if sum:
            self.fields["why_many"] = WordsField(
                label=_("Why do you send so many today?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Nobody is turned away. The office reads your reason with the matter."),
            )  # fmt: skip
            self.fields["sum"] = forms.IntegerField(label=sum[0], help_text=_("So that we know a person sends this."))

    def clean_sum(self) -> int:
        """The right one."""
        if self.cleaned_data["sum"] != self.answer:
            raise forms.ValidationError(_("That is not the sum. Try once more."))
        return self.cleaned_data["sum"]


def _letter(name: str, rows: int) -> forms.Textarea:
    """A part of the letter: what is typed appears there."""
    return forms.Textarea(attrs={"rows": rows, "data-preview": f"letter-{name}"})


STEPS = {"kind": KindForm, "about": AboutForm, "text": TextForm, "files": FilesForm, "contact": ContactForm, "check": CheckForm}


class CodeForm(forms.Form):
    """The tracking code."""

    code = CodeField(
        label=_("Tracking code"), max_length=40, help_text=_("Twelve letters and figures, such as 7K3M-9QXT-2P4D. It stands on your receipt."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )  # fmt: skip


class Short(forms.TextInput):
    """A short box in a row of others."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "govuk-input govuk-input--short"})


class RegisterForm(forms.Form):
    """Narrowing the public register. What is chosen wrongly narrows nothing."""

    q = CodeField(label=_("Words"), max_length=200, required=False, widget=Short())
    kind = forms.ChoiceField(label=_("Of what kind"), required=False, choices=[("", _("any")), *((k.value, k.label) for k in Kind if k != Kind.REPORT)])
    category = forms.ChoiceField(label=_("About"), required=False, choices=[("", _("any")), *Category.choices])
    area = AreaField(required=False)
    month = PatternField(r"^(19|20)\d\d-(0[1-9]|1[0-2])$", required=False, widget=forms.TextInput(attrs={"type": "month"}), label=_("Came in during"))
    office = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def narrowing(self) -> dict[str, Any]:
        """What the list is narrowed to."""
        told = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        area = told.get("area")
        month = date.fromisoformat(f"{told['month']}-01") if told.get("month") else None
        chosen = {name: told.get(name, "") for name in ("kind", "category")} | {"office": told.get("office"), "month": month}
        return chosen | {"area": area.code if area else ""}


DUE = [("", _("any day")), ("late", _("late")), ("today", _("today or late")), ("week", _("within a week or late"))]


class DeskForm(forms.Form):
    """What an office looks for among its matters. What is chosen wrongly narrows nothing."""

    q = CodeField(label=_("Words or reference"), max_length=80, required=False, widget=Short())
    due = forms.ChoiceField(label=_("Due"), required=False, choices=DUE)
    kind = forms.ChoiceField(label=_("Of what kind"), required=False, choices=[("", _("any")), *Kind.choices])
    category = forms.ChoiceField(label=_("About"), required=False, choices=[("", _("any")), *Category.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("any")), *MatterState.choices])
    handler = forms.ChoiceField(label=_("Who works on it"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=[("due", _("due first")), ("newest", _("newest first")), ("oldest", _("oldest first"))])

    def __init__(self, *args: Any, office: int | None, **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(str(one.pk), one.get_full_name()) for one in colleagues(office)]
        self.fields["handler"].choices = [("", _("anybody")), ("nobody", _("nobody yet")), *people]

    def looking_for(self) -> dict[str, str]:
        """What the list is narrowed to."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("q", "due", "kind", "category", "state", "handler")}


class FillForm(forms.Form):
    """What a template leaves open, to be filled in once for all of them."""

    def __init__(self, *args: Any, blanks: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for blank in blanks:
            self.fields[blank] = WordsField(label=blank, max_length=300)


class HandoverForm(forms.Form):
    """Everything somebody works on goes to somebody else."""

    leaves = forms.ModelChoiceField(None, label=_("Who leaves, or is away?"))
    to = forms.ModelChoiceField(None, label=_("Who goes on with it?"))
    reason = WordsField(label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, office: int | None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("leaves", "to"):
            self.fields[name].queryset = colleagues(office)
            self.fields[name].label_from_instance = lambda user: user.get_full_name()

    def clean(self) -> dict[str, Any]:
        """Two different people."""
        told = super().clean() or {}
        if told.get("leaves") and told.get("leaves") == told.get("to"):
            self.add_error("to", _("Choose somebody else."))
        return told


@registry.form_for(SubmitMatter)
@registry.form_for(RegisterMatter)
class WholeForm(Discreet):
    """Everything on one page: for officers and for programs."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, widget=forms.RadioSelect)
    category = forms.ChoiceField(label=_("What is it about?"), choices=Category.choices)
    subject = TextForm.base_fields["subject"]
    text = TextForm.base_fields["text"]
    named = AboutForm.base_fields["named"]
    name = WordsField(label=_("Who brings it"), max_length=60, required=False)
    email = ContactForm.base_fields["email"]
    telephone = ContactForm.base_fields["telephone"]
    may_publish = forms.BooleanField(label=_("May be published without the name"), required=False)
    clean_text = TextForm.clean_text


@registry.form_for(DraftAnswer)
class AnswerForm(forms.Form):
    """An answer; what its kind obliges it to say must be said."""

    record: Any = None

    finding = form_field(Answer._meta.get_field("finding"), help_text=_("The facts, and how you know them."), widget=_letter("finding", 5))
    ground = form_field(Answer._meta.get_field("ground"), help_text=_("The rule with its article."), widget=_letter("ground", 3))
    outcome = forms.ChoiceField(label=_("What it comes to"), choices=Outcome.choices, required=False, widget=forms.RadioSelect)
    text = form_field(Answer._meta.get_field("text"), help_text=_("What the person reads. Plain words."), widget=_letter("text", 7))
    remedy = form_field(Answer._meta.get_field("remedy"), widget=_letter("remedy", 2))
    remedy_by = form_field(Answer._meta.get_field("remedy_by"), widget=forms.DateInput(attrs={"type": "date"}))
    unbiased = forms.BooleanField(
        label=_("I have no interest in it and am close to nobody whom it concerns"),
        help_text=_("Otherwise bar yourself from it: a colleague goes on (回避)."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in rules.MUST_SAY.get(self.record.kind, ()) if self.record else ():
            self.fields[name].required = True

    @property
    def outcomes(self) -> list[tuple[str, Any, Any]]:
        """What it may come to, each with what that obliges one to say."""
        hints = {
            Outcome.SUPPORTED: _("It is right: say what is put right, and by which day."), Outcome.EXPLAINED: _("Nothing is to be decided: say how things are."),
            Outcome.NOT_SUPPORTED: _("It is not right, or the rules do not allow it: say why."),
            Outcome.ANOTHER_WAY: _("A court, arbitration, reconsideration or another procedure decides it: say which, by which rule, and how one gets there."),
        }  # fmt: skip
        return [(one.value, one.label, hints[one]) for one in Outcome]

    @property
    def others(self) -> list[Any]:
        """Who may check it: whoever of the office is not barred, but not the author."""
        return [one for one in colleagues(self.record.office_id) if one.pk != self.actor.user_id and one.pk not in self.record.barred]


@registry.form_for(AddToMatter)
class AddForm(forms.Form):
    """What whoever brought it adds, with a photo or a paper."""

    text = AddToMatter.inputs["text"]
    file = forms.FileField(
        label=_("Add a photo or a paper"), required=False,
        help_text=_("JPEG, PNG, WebP, HEIC or PDF, up to 10 MB. Place and camera are removed from photos."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """What it really is."""
        upload = self.cleaned_data["file"]
        return checked(upload, "") if upload else None


def chosen(asked: Any) -> tuple[str, str, date]:
    """By what, over which days (a number), since when; what is asked wrongly counts as not asked."""
    by, days = asked.get("by", ""), asked.get("days", "")
    by, days = by if by in BY else "office", days if days in SPANS else "365"
    return by, days, today() - timedelta(days=int(days))
