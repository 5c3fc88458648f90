from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import helper
from plans.carrying import Offers
from plans.models import Carried

Choice = Carried.Choice
WORK = [(Choice.TAKE, Choice.TAKE.label), (Choice.CHANGE, Choice.CHANGE.label), (Choice.LEAVE, Choice.LEAVE.label)]
GOAL = [(Choice.TAKE, _("take it")), (Choice.LEAVE, _("leave it"))]
WORDS = [(Choice.TAKE, _("begin with these words")), (Choice.LEAVE, _("begin afresh"))]


class CarryForm(forms.Form):
    """One choice for each thing that the earlier plan offers; none is a choice for later."""

    def __init__(self, *args, offers: Offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = offers
        for kind, things, choices in self._kinds():
            for thing in things:
                self.fields[f"{kind}_{thing.pk}"] = forms.ChoiceField(
                    label=str(thing), choices=choices, required=False, widget=forms.RadioSelect
                )
        self.helper = helper(_("Carry over"))

    def _kinds(self):
        return [
            ("item", self.offers.items, WORK),
            ("goal", self.offers.goals, GOAL),
            ("section", self.offers.sections, WORDS),
        ]

    def items(self):
        return self._rows("item", self.offers.items)

    def goals(self):
        return self._rows("goal", self.offers.goals)

    def sections(self):
        return self._rows("section", self.offers.sections)

    def _rows(self, kind, things):
        return [(thing, self[f"{kind}_{thing.pk}"]) for thing in things]

    def choices(self) -> dict:
        return {
            (kind, thing.pk): choice
            for kind, things, _choices in self._kinds()
            for thing in things
            if (choice := self.cleaned_data.get(f"{kind}_{thing.pk}"))
        }
