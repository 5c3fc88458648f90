"""Whom a step on the way to a place concerns, and how it is said to them, in the reader's language."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.models import User
from internships.models import Placement, Pursuit
from notices.actions import notify
from schools.models import StaffRole
from schools.roles import Role
from students.models import TeamMember


def asked(pursuit: Pursuit, role: str, by, on) -> None:
    """To whoever has the next word; where the school has nobody in that role, to its leads."""
    _tell(_owners(pursuit, role, on), "asked", _("%(name)s asks to pursue a place"), pursuit, by)


def cleared(pursuit, by) -> None:
    _tell([pursuit.student.user], "cleared", _("You may call a place"), pursuit, by)


def refused(pursuit, by) -> None:
    _tell([pursuit.student.user], "refused", _("A place that you asked for is not cleared"), pursuit, by)


PLACEMENT = {
    "begun": _("%(name)s begins at %(place)s"), "suspended": _("%(name)s does not go to %(place)s for now"),
    "went_on": _("%(name)s goes to %(place)s again"), "ended": _("%(name)s's time at %(place)s ends"),
    "runs_out": _("A clearance of %(place)s runs out, and %(name)s could not go there then"),
}  # fmt: skip


def placement(placement: Placement, kind: str, by, on, key="") -> None:
    """To all whom it concerns: the student, the team's parents and mentors, the adviser, the coordinators."""
    facts = {"name": placement.student.user.called, "place": placement.place.name}
    notify(
        people=everyone(placement, on), kind=f"internships.placement_{kind}",
        title=lambda: gettext(PLACEMENT[kind]) % facts, by=by,
        url=reverse("internships:placement", args=[placement.student_id, placement.pk]),
        key=f"internships.placement_{kind}:{placement.pk}:{key}", school_id=placement.school_id,
        student_id=placement.student_id, urgent=kind == "suspended",
    )  # fmt: skip


def agreement_asked(form, by) -> None:
    """To whoever's turn it is and signs in; others get a link (internships/emails.py)."""
    _agreement([form.person], "asked", _("Your form for %(name)s at %(place)s"), form.placement, by, form.pk)


def agreement_refused(form, by) -> None:
    people = _coordinators(form.placement)
    _agreement(people, "refused", _("Somebody does not agree yet: %(name)s at %(place)s"), form.placement, by, form.pk)


def agreed(placement, by) -> None:
    """Everybody has done their form: whoever arranged it lets it begin."""
    people = [*_coordinators(placement), placement.arranged_by]
    _agreement(people, "done", _("All have agreed: %(name)s at %(place)s"), placement, by, placement.pk)


def _agreement(people, kind, words, placement, by, key):
    facts = {"name": placement.student.user.called, "place": placement.place.name}
    notify(
        people=people, kind=f"internships.agreement_{kind}", title=lambda: gettext(words) % facts, by=by,
        url=reverse("internships:agreement", args=[placement.student_id, placement.pk]),
        key=f"internships.agreement_{kind}:{key}", school_id=placement.school_id, student_id=placement.student_id,
    )  # fmt: skip


def _coordinators(placement) -> list[User]:
    day = placement.school.today()
    rows = StaffRole.objects.on(day).filter(school=placement.school_id, role__in=(Role.COORDINATOR, Role.LEAD))
    found = list(rows.select_related("user"))
    return [row.user for row in found if row.role == Role.COORDINATOR] or [row.user for row in found]


def absent(placement, date, by, comes=False) -> None:
    """To the adviser and the mentors of that day: the student does not come, or comes after all."""
    words = _("%(name)s comes to %(place)s on %(day)s after all") if comes else _("%(name)s is absent on %(day)s")
    roles = (Role.ADVISER, Role.COVER)
    team = TeamMember.objects.on(date).filter(student=placement.student, role__in=roles).select_related("user")
    people = [row.user for row in team] + [row.mentor.user for row in placement.mentors_on(date)]
    _day(people, "comes" if comes else "absent", words, placement, date, by)


def no_show(placement, date, on, *, parents: bool) -> None:
    roles = (Role.ADVISER, Role.COVER, *((Role.PARENT,) if parents else ()))
    team = TeamMember.objects.on(on).filter(student=placement.student, role__in=roles).select_related("user")
    words = _("Nobody has heard from %(name)s, who is expected at %(place)s")
    _day([row.user for row in team], "no_show", words, placement, date, None, urgent=True)


def _day(people, kind, words, placement, date, by, urgent=False):
    facts = {"name": placement.student.user.called, "place": placement.place.name}
    notify(
        people=people, kind=f"internships.{kind}", by=by, urgent=urgent,
        title=lambda: gettext(words) % (facts | {"day": date_format(date)}),
        url=reverse("internships:placement", args=[placement.student_id, placement.pk]),
        key=f"internships.{kind}:{placement.pk}:{date}", school_id=placement.school_id, student_id=placement.student_id,
    )  # fmt: skip


def feedback(placement, by) -> None:
    """To the student and the adviser: the mentor has said how it goes."""
    day = placement.school.today()
    roles = (Role.STUDENT, Role.ADVISER)
    team = TeamMember.objects.on(day).filter(student=placement.student, role__in=roles).select_related("user")
    words = _("Feedback from %(place)s on %(name)s's work")
    facts = {"name": placement.student.user.called, "place": placement.place.name}
    notify(
        people=[row.user for row in team], kind="internships.feedback", title=lambda: gettext(words) % facts, by=by,
        url=reverse("internships:placement", args=[placement.student_id, placement.pk]),
        key=f"internships.feedback:{placement.pk}", school_id=placement.school_id, student_id=placement.student_id,
    )  # fmt: skip


def feedback_to_ask(placement, stage) -> None:
    """To the adviser: nobody on site has an e-mail address, so somebody asks and writes it down."""
    _to_adviser(placement, f"feedback_{stage}", _("Ask the mentor at %(place)s how %(name)s does, and write it down"))


def review(placement) -> None:
    """To the adviser: the day has come on which the placement was to be looked at again."""
    key = f"review:{placement.review_on}"
    _to_adviser(placement, "review", _("%(name)s at %(place)s: today it is looked at again"), key)


def _to_adviser(placement, kind, words, key=""):
    day = placement.school.today()
    roles = (Role.ADVISER, Role.COVER)
    team = TeamMember.objects.on(day).filter(student=placement.student, role__in=roles).select_related("user")
    facts = {"name": placement.student.user.called, "place": placement.place.name}
    notify(
        people=[row.user for row in team], kind=f"internships.{kind}", title=lambda: gettext(words) % facts, by=None,
        url=reverse("internships:placement", args=[placement.student_id, placement.pk]),
        key=f"internships.{key or kind}:{placement.pk}", school_id=placement.school_id,
        student_id=placement.student_id,
    )  # fmt: skip


def project_handed_in(project, draft, by) -> None:
    """To the adviser: a draft waits for a word."""
    words = _("A draft of %(name)s's project at %(place)s waits for you")
    _project(project, (Role.ADVISER, Role.COVER), "handed_in", words, draft, by)


def project_decided(project, draft, by) -> None:
    """To the student and the mentors of this placement: approved, or what is missing."""
    words = _("%(name)s's project at %(place)s is approved")
    if not draft.approved:
        words = _("%(name)s's project at %(place)s comes back with a word")
    _project(project, (Role.STUDENT, Role.MENTOR), "decided", words, draft, by)


def _project(project, roles, kind, words, draft, by):
    placement = project.placement
    day = placement.school.today()
    team = TeamMember.objects.on(day).filter(student=placement.student, role__in=roles).select_related("user")
    people = [row.user for row in team if row.role != Role.MENTOR or row.cause == placement.cause]
    facts = {"name": placement.student.user.called, "place": placement.place.name}
    notify(
        people=people, kind=f"internships.project_{kind}", title=lambda: gettext(words) % facts, by=by,
        url=reverse("internships:project", args=[placement.student_id, placement.pk, project.pk]),
        key=f"internships.project_{kind}:{draft.pk}", school_id=placement.school_id, student_id=placement.student_id,
    )  # fmt: skip


def shadow_day(pursuit, shadow, by) -> None:
    """To the parents who may sign: is the day all right?"""
    team = TeamMember.objects.on(pursuit.school.today()).filter(
        student=pursuit.student, role=Role.PARENT, may_sign=True
    )
    people = [row.user for row in team.select_related("user")]
    name, day = pursuit.student.user.called, shadow.date
    notify(
        people=people, kind="internships.shadow_day", by=by,
        title=lambda: gettext("May %(name)s go on a shadow day on %(day)s?") % {"name": name, "day": date_format(day)},
        url=reverse("internships:meeting", args=[pursuit.student_id, pursuit.pk]),
        key=f"internships.shadow_day:{shadow.pk}", school_id=pursuit.school_id, student_id=pursuit.student_id,
    )  # fmt: skip


def everyone(placement, on) -> list[User]:
    # Of a placement that begins later, those who are on the team from then.
    day = max(on, placement.starts_on)
    roles = (Role.STUDENT, Role.PARENT, Role.MENTOR, Role.ADVISER, Role.COVER)
    team = TeamMember.objects.on(day).filter(student=placement.student, role__in=roles).select_related("user")
    staff = StaffRole.objects.on(on).filter(school=placement.school_id, role=Role.COORDINATOR).select_related("user")
    return list({row.user_id: row.user for row in [*team, *staff]}.values())


def _owners(pursuit, role, on) -> list[User]:
    if role == Role.ADVISER:
        rows = TeamMember.objects.on(on).filter(student=pursuit.student, role__in=(Role.ADVISER, Role.COVER))
    else:
        rows = StaffRole.objects.on(on).filter(school=pursuit.school_id, role=role)
    people = [row.user for row in rows.select_related("user")]
    leads = StaffRole.objects.on(on).filter(school=pursuit.school_id, role=Role.LEAD).select_related("user")
    return people or [row.user for row in leads]


def _tell(people, kind, words, pursuit, by):
    name = pursuit.student.user.called
    notify(
        people=people, kind=f"internships.{kind}", title=lambda: gettext(words) % {"name": name}, by=by,
        url=reverse("internships:pursuit", args=[pursuit.student_id, pursuit.pk]),
        key=f"internships.{kind}:{pursuit.pk}", school_id=pursuit.school_id, student_id=pursuit.student_id,
    )  # fmt: skip
