"""How far a placement's agreement is: which form is whose, what lacks, and whether its e-mail arrived."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Link
from internships.models import AgreementForm, Placement, Rules
from notices.models import Email
from schools.models import StaffRole
from schools.roles import Role
from students.models import Guardianship, TeamMember

# The purpose of the one-purpose links that open a form; their subject is the form's id.
AGREEMENT = "agreement"
# So long what a place wrote last time is offered again.
HOSTED_LATELY = datetime.timedelta(days=548)
Kind = AgreementForm.Kind


def people_for(placement: Placement, rules: Rules, on: datetime.date) -> dict[str, object]:
    """Who does each form that the school asks for; a kind for which there is nobody is left out."""
    day = max(on, placement.starts_on)
    team = list(TeamMember.objects.on(day).filter(student=placement.student).select_related("user").order_by("id"))
    mentors = [row.mentor.user for row in placement.mentors_on(day)]
    coordinators = StaffRole.objects.on(on).filter(school=placement.school_id, role__in=(Role.COORDINATOR, Role.LEAD))
    staff = sorted(coordinators.select_related("user"), key=lambda row: (row.role != Role.COORDINATOR, row.pk))
    found = {
        Kind.EMPLOYER: mentors, Kind.PARENT: [row.user for row in signing_parents(placement, day)],
        Kind.STUDENT: [placement.student.user], Kind.ADVISER: [row.user for row in team if row.role == Role.ADVISER],
        Kind.COORDINATOR: [row.user for row in staff],
    }  # fmt: skip
    return {kind: found[kind][0] for kind in rules.forms if found[kind]}


def signing_parents(placement, day) -> list[Guardianship]:
    rows = Guardianship.objects.on(day).filter(student=placement.student, rights=Guardianship.Rights.SIGNS)
    return list(rows.select_related("user").order_by("id"))


def unfinished(placement: Placement, rules: Rules, on: datetime.date) -> list[str]:
    """The kinds of forms that are asked for and not done; a kind for which there is nobody is not asked for."""
    done = set(placement.forms.filter(done_at__isnull=False).values_list("kind", flat=True))
    asked = set(people_for(placement, rules, on)) | set(placement.forms.values_list("kind", flat=True))
    return [kind for kind in AgreementForm.ORDER if kind in asked - done]


def last_time(form: AgreementForm, now: datetime.datetime) -> dict:
    """What the place wrote in its last form for another student, if that is not long ago."""
    if form.kind != Kind.EMPLOYER:
        return {}
    earlier = AgreementForm.objects.filter(
        kind=Kind.EMPLOYER, done_at__gt=now - HOSTED_LATELY,
        placement__organisation__in=form.placement.place.all_its_rows(),
    ).exclude(pk=form.pk)  # fmt: skip
    found = earlier.order_by("-done_at").first()
    return found.answers if found else {}


def is_outside(form: AgreementForm) -> bool:
    """Whether the form is opened by a link: a place is not signed in on site, and some parents never are."""
    return form.kind == Kind.EMPLOYER or not form.person.can_sign_in


@dataclass(frozen=True)
class Delivery:
    """How a form's link fares. `is_broken`: somebody has to correct the address, or send it again."""

    words: str
    is_broken: bool


def delivery(form: AgreementForm, now: datetime.datetime) -> Delivery | None:
    """None where no link was sent, or the form needs none any more."""
    link = Link.objects.filter(purpose=AGREEMENT, subject=str(form.pk)).order_by("-id").first()
    if form.done_at or form.asked_at is None:
        return None
    if link is None:
        unreached = is_outside(form) and not form.person.email
        words = _("%(name)s has no e-mail address here. Write one down, or do the form together.")
        return Delivery(words % {"name": form.person.name}, True) if unreached else None
    email = Email.objects.filter(key=f"link:{link.pk}").first()
    address = email.address if email else link.user.email
    if email and email.given_up_at:
        return Delivery(_("The e-mail to %(address)s could not be delivered.") % {"address": address}, True)
    if email and not email.sent_at and email.last_error:
        return Delivery(
            _("The e-mail to %(address)s has not been taken yet; it is tried again.") % {"address": address}, True
        )
    if link.ending(now):
        return Delivery(_("The link sent to %(address)s no longer works.") % {"address": address}, True)
    return Delivery(_("A link was sent to %(address)s.") % {"address": address}, False)
