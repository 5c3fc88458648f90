from django.urls import path

from exhibitions.views import evidence, exhibitions, judging, panel, seats
from exhibitions.views.doors import for_seat, for_seat_link

app_name = "exhibitions"


def of_seat(rest, view, name, **kwargs):
    """One page of a seat at its two addresses: signed in, and by the link."""
    return [
        path(f"panels/<int:seat_id>/{rest}", for_seat(view), kwargs, name=f"seat{name}"),
        path(f"l/panel/<int:link_id>/{rest}", for_seat_link(view), kwargs, name=f"panel_link{name}"),
    ]


urlpatterns = [
    path("students/<int:student_id>/evidence/", evidence.index, name="evidence"),
    path("students/<int:student_id>/evidence/uploads/", evidence.upload, name="evidence_upload"),
    path("students/<int:student_id>/evidence/send/", evidence.send, name="evidence_send"),
    path("students/<int:student_id>/evidence/new/", evidence.add, name="evidence_add"),
    path("students/<int:student_id>/evidence/<int:evidence_id>/", evidence.show, name="evidence_one"),
    path("students/<int:student_id>/evidence/<int:evidence_id>/change/", evidence.change, name="evidence_change"),
    path("students/<int:student_id>/evidence/<int:evidence_id>/remove/", evidence.remove, name="evidence_remove"),
    path("students/<int:student_id>/evidence/<int:evidence_id>/file/", evidence.file, name="evidence_file"),
    path(
        "students/<int:student_id>/evidence/<int:evidence_id>/small/", evidence.file, {"small": True},
        name="evidence_small",
    ),
    path("schools/<int:school_id>/exhibitions/", exhibitions.windows, name="windows"),
    path("schools/<int:school_id>/exhibitions/<int:window_id>/", exhibitions.window, name="window"),
    path("students/<int:student_id>/exhibitions/", exhibitions.index, name="index"),
    path("students/<int:student_id>/exhibitions/begin/", exhibitions.begin, name="begin"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/", exhibitions.show, name="show"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/name/", exhibitions.name_it, name="name"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/arrange/", exhibitions.arrange, name="arrange"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/panel/", panel.show, name="panel"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/panel/person/", panel.person, name="panel_person"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/panel/guest/", panel.guest, name="panel_guest"),
    path(
        "students/<int:student_id>/exhibitions/<int:exhibition_id>/panel/<int:seat_id>/", panel.seat,
        name="panel_seat",
    ),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/together/", judging.lead, name="lead"),
    path("panels/", seats.index, name="seats"),
    *of_seat("", seats.show, ""),
    *of_seat("reply/", seats.reply, "_reply"),
    *of_seat("times/", seats.times, "_times"),
    *of_seat("exhibition.ics", seats.calendar, "_calendar"),
    *of_seat("evidence/<int:evidence_id>/", seats.evidence, "_evidence"),
    *of_seat("evidence/<int:evidence_id>/file/", seats.file, "_file"),
    *of_seat("evidence/<int:evidence_id>/small/", seats.file, "_small", small=True),
    *of_seat("judge/", judging.judge, "_judge"),
    *of_seat("save/", judging.save, "_save"),
    *of_seat("together/", judging.together, "_together"),
    *of_seat("consent/", judging.consent, "_consent"),
]  # fmt: skip
