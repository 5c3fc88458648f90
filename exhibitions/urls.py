from django.urls import path

from exhibitions.views import (
    evidence,
    exhibitions,
    gateways,
    judging,
    narrative,
    panel,
    profile,
    rehearsals,
    seats,
    shared,
    suggestions,
    timetable,
)
from exhibitions.views.doors import for_seat, for_seat_link

app_name = "exhibitions"
OF = "students/<int:student_id>/exhibitions/<int:exhibition_id>/"


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
    path(
        "schools/<int:school_id>/exhibitions/<int:window_id>/change/", exhibitions.change_window, name="window_change"
    ),
    path(
        "schools/<int:school_id>/exhibitions/<int:window_id>/remove/", exhibitions.remove_window, name="window_remove"
    ),
    path("schools/<int:school_id>/exhibitions/<int:window_id>/begin/", exhibitions.begin_all, name="begin_all"),
    path("schools/<int:school_id>/exhibitions/<int:window_id>/ask/", exhibitions.ask_times, name="ask_times"),
    path("schools/<int:school_id>/exhibitions/<int:window_id>/timetable/", timetable.show, name="timetable"),
    path(
        "schools/<int:school_id>/exhibitions/<int:window_id>/timetable/propose/", timetable.propose,
        name="timetable_propose",
    ),
    path("schools/<int:school_id>/exhibitions/<int:window_id>/timetable/tell/", timetable.tell, name="timetable_tell"),
    path(
        "schools/<int:school_id>/exhibitions/<int:window_id>/timetable/<int:exhibition_id>/", timetable.place,
        name="timetable_place",
    ),
    path("schools/<int:school_id>/exhibitions/<int:window_id>/programme/", timetable.programme, name="programme"),
    path(
        "schools/<int:school_id>/exhibitions/<int:window_id>/programme.pdf", timetable.programme_pdf,
        name="programme_pdf",
    ),
    path("students/<int:student_id>/exhibitions/", exhibitions.index, name="index"),
    path("students/<int:student_id>/exhibitions/begin/", exhibitions.begin, name="begin"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/", exhibitions.show, name="show"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/name/", exhibitions.name_it, name="name"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/arrange/", exhibitions.arrange, name="arrange"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/panel/", panel.show, name="panel"),
    path(f"{OF}rehearsals/<int:rehearsal_id>/off/", exhibitions.call_off, name="call_off"),
    path(f"{OF}panel/<int:seat_id>/times/", panel.times, name="panel_times"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/panel/team/", panel.team, name="panel_team"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/panel/person/", panel.person, name="panel_person"),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/panel/guest/", panel.guest, name="panel_guest"),
    path(
        "students/<int:student_id>/exhibitions/<int:exhibition_id>/panel/<int:seat_id>/", panel.seat,
        name="panel_seat",
    ),
    path("students/<int:student_id>/exhibitions/<int:exhibition_id>/together/", judging.lead, name="lead"),
    path("students/<int:student_id>/profile/", profile.show, name="profile"),
    path("students/<int:student_id>/profile/choose/", profile.choose, name="profile_choose"),
    path("students/<int:student_id>/profile/arrange/", profile.arrange, name="profile_arrange"),
    path("students/<int:student_id>/profile/about/", profile.about, name="profile_about"),
    path("students/<int:student_id>/profile/<int:chosen_id>/words/", profile.say, name="profile_say"),
    path("students/<int:student_id>/profile/print/", profile.on_paper, name="profile_print"),
    path("students/<int:student_id>/profile/profile.pdf", profile.as_pdf, name="profile_pdf"),
    path("students/<int:student_id>/profile/share/", profile.share, name="profile_share"),
    path("students/<int:student_id>/profile/share/<int:share_id>/revoke/", profile.revoke, name="profile_revoke"),
    path("profiles/<slug:secret>/", shared.show, name="profile_link"),
    path("profiles/<slug:secret>/profile.pdf", shared.as_pdf, name="profile_link_pdf"),
    path("profiles/<slug:secret>/evidence/<int:evidence_id>/file/", shared.file, name="profile_link_file"),
    path(
        "profiles/<slug:secret>/evidence/<int:evidence_id>/small/", shared.file, {"small": True},
        name="profile_link_small",
    ),
    path(f"{OF}narrative/", narrative.show, name="narrative"),
    path(f"{OF}narrative/<int:number>/", narrative.show, name="narrative_number"),
    path(f"{OF}narrative/<int:number>/narrative.pdf", narrative.as_pdf, name="narrative_pdf"),
    path(f"{OF}narrative/begin/", narrative.begin, name="narrative_begin"),
    path(f"{OF}narrative/ask/", narrative.ask, name="narrative_ask"),
    path(f"{OF}narrative/accept/", narrative.accept, name="narrative_accept"),
    path(f"{OF}narrative/return/", narrative.give_back, name="narrative_return"),
    path(f"{OF}narrative/release/", narrative.release, name="narrative_release"),
    path(f"{OF}narrative/correct/", narrative.correct, name="narrative_correct"),
    path(f"{OF}narrative/drop/", narrative.drop, name="narrative_drop"),
    path(f"{OF}narrative/given/<int:user_id>/", narrative.given, name="narrative_given"),
    path(f"{OF}gateway/", gateways.make, name="gateway_make"),
    path(f"{OF}decide/", gateways.decide, name="decide"),
    path(f"{OF}rehearsals/", exhibitions.rehearse, name="rehearse"),
    path("l/narrative/<int:link_id>/", narrative.by_link, name="narrative_link"),
    path("schools/<int:school_id>/gateways/", gateways.index, name="gateways"),
    path("schools/<int:school_id>/gateways/<int:gateway_id>/", gateways.change, name="gateway"),
    path("schools/<int:school_id>/gateways/<int:gateway_id>/retire/", gateways.retire, name="gateway_retire"),
    path("rehearsals/<int:rehearsal_id>/", rehearsals.show, name="rehearsal"),
    path("plans/<int:plan_id>/suggestions/<int:remark_id>/", suggestions.take, name="suggestion"),
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
