"""Who has a sign-in, who was invited and how far that is: read for one page, in the same few queries however long."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.links import JOIN
from accounts.models import Link, User
from mentors.models import Mentorship
from notices.models import Email
from rosters.access import Reach
from schools.models import StaffRole
from students.models import Guardianship, Student

UNUSABLE = "!"  # how Django begins what is no password
SIGNS_IN = Q(username__isnull=False, is_active=True) & ~Q(password__startswith=UNUSABLE)


class State(models.TextChoices):
    NONE = "none", gettext_lazy("not invited")
    INVITED = "invited", gettext_lazy("invited")
    EXPIRED = "expired", gettext_lazy("invitation too old")
    JOINED = "joined", gettext_lazy("signs in")
    CLOSED = "closed", gettext_lazy("account closed")


class Group(models.TextChoices):
    STUDENTS = "students", gettext_lazy("students")
    FAMILIES = "families", gettext_lazy("families")
    MENTORS = "mentors", gettext_lazy("mentors")
    STAFF = "staff", gettext_lazy("staff")


TONES = {State.NONE: "warn", State.INVITED: "info", State.EXPIRED: "warn", State.JOINED: "ok", State.CLOSED: "quiet"}


@dataclass
class Invitee:
    """A person, what they are here, and the state of their invitation."""

    user: User
    state: State
    link: Link | None = None
    email: Email | None = None
    hats: list[str] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def bounced(self) -> bool:
        """Whether the post office refused the e-mail, and it must be put right."""
        return self.email is not None and self.email.given_up_at is not None


def people(reach: Reach, now: datetime.datetime, *, q="", group="", state="", advisory=None):
    """Those whom `reach` may invite, narrowed; who does not sign in yet comes by default."""
    found = reach.people()
    if group:
        found = found.filter(_in_group(group, reach))
    if advisory:
        seated = Student.objects.filter(seats__in=advisory.seats.on(reach.day))
        family = Guardianship.objects.on(reach.day).filter(student__in=seated)
        found = found.filter(Q(pk__in=seated.values("user_id")) | Q(pk__in=family.values("user_id")))
    if q:
        found = found.matching(q)
    return _in_state(found, state, now)


def counted(reach: Reach, now: datetime.datetime) -> tuple[int, int]:
    """How many of those whom `reach` may invite do not sign in yet, and how many of these are not invited."""
    open_links = Link.objects.filter(user=OuterRef("pk"), purpose=JOIN).open()
    counts = people(reach, now).aggregate(waiting=Count("pk"), uninvited=Count("pk", filter=~Exists(open_links)))
    return counts["waiting"], counts["uninvited"]


def _in_group(group, reach) -> Q:
    day, school = reach.day, reach.school
    rows = {
        Group.STUDENTS: Student.objects.filter(school=school),
        Group.FAMILIES: Guardianship.objects.on(day).filter(student__school=school),
        Group.STAFF: StaffRole.objects.exclude(ends_on__lte=day).filter(school=school),
    }
    if group == Group.MENTORS:
        return Q(pk__in=Mentorship.objects.on(day).filter(school=school).values("mentor__user_id"))
    return Q(pk__in=rows[group].values("user_id"))


def _in_state(found, state, now):
    links = Link.objects.filter(user=OuterRef("pk"), purpose=JOIN)
    usable, opened = Exists(links.usable(now)), Exists(links.open())
    if state == State.CLOSED:
        return found.filter(closed_at__isnull=False)
    found = found.open()
    if state == State.JOINED:
        return found.filter(SIGNS_IN)
    waiting = found.exclude(SIGNS_IN)
    if state == State.INVITED:
        return waiting.filter(usable)
    if state == State.EXPIRED:
        return waiting.filter(opened).exclude(usable)
    return waiting.exclude(opened) if state == State.NONE else waiting


def described(users: list[User], reach: Reach, now: datetime.datetime) -> list[Invitee]:
    """The people of one page with their last invitation and what they are here."""
    links = _last_links(users)
    emails = {
        email.key: email for email in Email.objects.filter(key__in=[f"link:{link.pk}" for link in links.values()])
    }
    hats = _hats(users, reach)
    return [
        Invitee(user, state_of(user, link, now), link, emails.get(f"link:{link.pk}") if link else None, hats[user.pk])
        for user in users
        for link in [links.get(user.pk)]
    ]


def state_of(user: User, link: Link | None, now) -> State:
    if user.closed_at is not None:
        return State.CLOSED
    if user.can_sign_in:
        return State.JOINED
    if link is None or link.ending(now) in (Link.Ending.REVOKED, Link.Ending.USED):
        return State.NONE
    return State.EXPIRED if link.ending(now) else State.INVITED


def _last_links(users) -> dict[int, Link]:
    links = Link.objects.filter(user__in=users, purpose=JOIN).order_by("created_at", "id")
    return {link.user_id: link for link in links.select_related("created_by")}


def _hats(users, reach) -> dict[int, list[str]]:
    """What each of them is in this school, in words; nothing of students beyond `reach`."""
    hats, day, school, mine = defaultdict(list), reach.day, reach.school, reach.invited_students()
    for role in StaffRole.objects.on(day).filter(user__in=users, school=school):
        hats[role.user_id].append(role.get_role_display())
    for pk in mine.filter(user__in=users).values_list("user_id", flat=True):
        hats[pk].append(_("student"))
    guardians = Guardianship.objects.on(day).filter(user__in=users, student__in=mine)
    for row in guardians.select_related("student__user"):
        hats[row.user_id].append(_("%(relation)s of %(name)s") % _of(row.get_relation_display(), row.student))
    mentors = Mentorship.objects.on(day).filter(mentor__user__in=users, student__in=mine)
    for row in mentors.select_related("mentor", "student__user"):
        hats[row.mentor.user_id].append(_("%(relation)s of %(name)s") % _of(_("mentor"), row.student))
    return hats


def _of(relation, student):
    return {"relation": relation, "name": student.name}


def open_letters(reach: Reach, ids: list[int], now: datetime.datetime) -> list[Link]:
    """The printed codes that still let somebody in, of those whom `reach` may invite; by name."""
    users = reach.people().filter(pk__in=ids)
    links = Link.objects.usable(now).filter(user__in=users, purpose=JOIN, way=Link.Way.LETTER)
    links = links.exclude(user__in=reach.keys_beyond(users))
    return list(links.select_related("user").order_by("user__search_name", "user_id"))
