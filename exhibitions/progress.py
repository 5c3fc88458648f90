"""How far the exhibitions of a window are: shown, rated, agreed, written of. A constant number of queries."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from exhibitions.models import Agreed, Exhibition, Narrative, Proof, Seat, Window


def progress_of(window: Window):
    """The exhibitions with how many of the panel have handed in (`rated` of `panel`), on how many criteria it agrees
    (`agreed_on`), how many `pieces` are shown, and what became of the narrative (`has_narrative`, the last step of its
    `proof`-reading, `is_released`)."""
    seats = Seat.objects.filter(exhibition=OuterRef("pk"), left_at__isnull=True)
    of_panel = seats.exclude(kind=Seat.As.STUDENT).order_by().values("exhibition")
    handed_in = of_panel.filter(handed_in_at__isnull=False)
    agreed = Agreed.objects.standing().filter(exhibition=OuterRef("pk")).order_by().values("exhibition")
    newest = Narrative.objects.filter(exhibition=OuterRef("pk")).order_by("-number")
    last_step = Proof.objects.filter(narrative__exhibition=OuterRef("pk")).order_by("-narrative__number", "-pk")
    return (
        Exhibition.objects.filter(window=window)
        .select_related("student__user", "student__school", "outline", "told_room")
        .annotate(
            panel=Subquery(of_panel.annotate(n=Count("pk")).values("n")),
            rated=Subquery(handed_in.annotate(n=Count("pk")).values("n")),
            agreed_on=Subquery(agreed.annotate(n=Count("pk")).values("n")),
            has_narrative=Exists(newest),
            is_released=Exists(newest.filter(released_at__isnull=False)),
            proof=Subquery(last_step.values("kind")[:1]),
            pieces=Count("shown", filter=Q(shown__evidence__removed_at__isnull=True), distinct=True),
        )
        .order_by(F("told_starts_at").asc(nulls_last=True), "student__user__search_name")
    )
