from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.names import fold
from common.prepared import Prepared
from outcomes.models import Leaver

NOT_KNOWN, KNOWN = "no", "yes"

_years = Prepared(
    lambda school, day: (
        Leaver.objects.standing().filter(school=school, left_on__lte=day)
        .order_by("-class_of").values("class_of").annotate(count=Count("pk")).values_list("class_of", "count")
    )
)  # fmt: skip


class LeaversForm(forms.Form):
    """What the list of leavers is narrowed by."""

    q = forms.CharField(label=gettext_lazy("Name or number"), max_length=200, required=False)
    class_of = forms.ChoiceField(label=gettext_lazy("Class of"), required=False)
    how = forms.ChoiceField(
        label=gettext_lazy("How they left"), required=False, choices=[("", gettext_lazy("all")), *Leaver.How.choices]
    )
    known = forms.ChoiceField(
        label=gettext_lazy("What became of them"), required=False,
        choices=[
            ("", gettext_lazy("all")), (NOT_KNOWN, gettext_lazy("not known")), (KNOWN, gettext_lazy("known")),
        ],
    )  # fmt: skip

    def __init__(self, query, *, school):
        super().__init__(query)
        years = _years(school=school.pk, day=school.today())
        # Of the school, whatever the list is narrowed to.
        self.total = sum(count for _year, count in years)
        self.fields["class_of"].choices = [("", _("all")), *((str(year), str(year)) for year, _count in years)]
        self.wanted = self.cleaned_data if self.is_valid() else {}

    def narrowed(self, leavers):
        said = self.wanted
        if said.get("class_of"):
            leavers = leavers.filter(class_of=int(said["class_of"]))
        if said.get("how"):
            leavers = leavers.filter(how=said["how"])
        if said.get("known"):
            leavers = leavers.filter(is_known=said["known"] == KNOWN)
        if not said.get("q"):
            return leavers
        named = Q()
        for word in fold(said["q"]).split():
            named &= Q(student__user__search_name__contains=word)
        return leavers.filter(named | Q(student__number__iexact=said["q"]))

    @property
    def selects(self) -> list:
        return [self["class_of"], self["how"], self["known"]]

    @property
    def is_narrowed(self) -> bool:
        return any(self.wanted.values())

    @property
    def number(self) -> int:
        typed = self.data.get("page", "")
        return max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1

    @property
    def query(self) -> str:
        """What the next page's address carries on, beginning with "&"."""
        kept = self.data.copy()
        kept.pop("page", None)
        return f"&{kept.urlencode()}" if kept else ""
