"""The editing page of a plan template. A section's fields carry its place on the page: "section-2-title"."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.actions.template import CAN_WRITE, Wanted
from plans.defaults import EVERYBODY
from plans.models import SIGNERS, Need, Template
from schools.roles import Role

UP, DOWN, RETIRE, ADD, ADD_ENGLAND, SAVE = "up", "down", "retire", "add", "england", "save"
MOST_SECTIONS = 30


class SectionForm(forms.Form):
    key = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=40)
    title = forms.CharField(label=_("Title"), max_length=120)
    guidance = forms.CharField(
        label=_("What to write here"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Questions that help, one a line."),
    )  # fmt: skip
    writers = forms.MultipleChoiceField(
        label=_("Who writes it"), widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, Role(role).label) for role in EVERYBODY if role in CAN_WRITE],
        error_messages={"required": _("Somebody has to write it: choose at least one.")},
    )  # fmt: skip
    readers = forms.MultipleChoiceField(
        label=_("Who reads it"), widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, role.label) for role in EVERYBODY],
        help_text=_("The student and the adviser always do. Cover reads and writes what the adviser does."),
    )  # fmt: skip

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        readers = tuple(dict.fromkeys([*said["readers"], *said["writers"]]))
        return Wanted(said["title"], said["guidance"], readers, tuple(said["writers"]), said["key"])


class RuleForm(forms.Form):
    """The template's name and, for each role that signs, what is needed and whether it is asked again."""

    name = forms.CharField(label=_("Name"), max_length=100)
    base_version = forms.IntegerField(widget=forms.HiddenInput)
    also_running = forms.BooleanField(
        label=_("Whoever is let into a section also gets it in plans that are running"), required=False, initial=True,
        help_text=_("Whoever is no longer to read a section loses it everywhere at once, in any case."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for role in SIGNERS:
            self.fields[f"need_{role}"] = forms.ChoiceField(label=Role(role).label, choices=Need.choices)
            self.fields[f"again_{role}"] = forms.BooleanField(
                label=_("asked again when what they can see has changed"), required=False
            )

    def rules(self):
        return [(Role(role).label, self[f"need_{role}"], self[f"again_{role}"]) for role in SIGNERS]

    def signing(self) -> dict:
        said = self.cleaned_data
        return {str(role): {"need": said[f"need_{role}"], "again": said[f"again_{role}"]} for role in SIGNERS}


def rule_initial(template: Template) -> dict:
    initial = {"name": template.name, "base_version": template.version, "also_running": True}
    for role in SIGNERS:
        initial |= {f"need_{role}": template.need(role), f"again_{role}": template.asks_again(role)}
    return initial


def section_initial(one) -> dict:
    """From a template's section, a spec of the defaults, or anything else with those fields."""
    return {name: getattr(one, name) for name in ("key", "title", "guidance")} | {
        "readers": list(one.readers), "writers": list(one.writers),
    }  # fmt: skip


EMPTY = {
    "key": "", "title": "", "guidance": "", "readers": [role.value for role in EVERYBODY],
    "writers": [Role.STUDENT.value, Role.ADVISER.value],
}  # fmt: skip


class TemplateForm:
    """The whole page: rules and sections in their order. Buttons besides "save" only rearrange what was typed."""

    def __init__(self, rows: list[dict], rule: dict | None = None, data=None):
        self.data = data
        self.rule = RuleForm(data) if data is not None else RuleForm(initial=rule)
        if data is None:
            self.sections = [SectionForm(initial=row, prefix=f"section-{place}") for place, row in enumerate(rows)]
        else:
            self.sections = [SectionForm(data, prefix=f"section-{place}") for place in _places(data)]

    def is_valid(self) -> bool:
        return all([self.rule.is_valid(), *[section.is_valid() for section in self.sections]])

    def rearranged(self, button: str, extra=()) -> "TemplateForm":
        """The page after a button other than "save" ("up:2", "retire:0", "add"), with all that was typed."""
        rows = [_typed(section) for section in self.sections]
        what, _colon, place = button.partition(":")
        place = int(place) if place.isdecimal() else -1
        if what in (UP, DOWN) and 0 <= place < len(rows):
            there = place + (-1 if what == UP else 1)
            if 0 <= there < len(rows):
                rows[place], rows[there] = rows[there], rows[place]
        elif what == RETIRE and 0 <= place < len(rows):
            del rows[place]
        elif what == ADD:
            rows.append(EMPTY)
        elif what == ADD_ENGLAND:
            taken = {row["key"] for row in rows}
            rows += [section_initial(spec) for spec in extra if spec.key not in taken]
        return TemplateForm(rows[:MOST_SECTIONS], rule=_typed(self.rule))


def _places(data) -> list[int]:
    """Where sections stand on the page that was sent."""
    places = {name.split("-")[1] for name in data if name.startswith("section-") and name.count("-") == 2}
    return sorted(int(place) for place in places if place.isdecimal())[:MOST_SECTIONS]


def _typed(form) -> dict:
    """What somebody typed, right or wrong, to show it again."""
    return {name: form[name].value() for name in form.fields}
