"""How far somebody may bring people in, on top of the two doors (schools/access.py, students/access.py)."""

import datetime
from functools import cached_property, wraps

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from accounts.models import User
from advisories.models import Charge
from mentors.models import Mentorship
from rosters.models import Import
from schools.access import Can, for_school, school_permissions
from schools.models import School, StaffRole
from schools.roles import GRANTS, WHOLE_SCHOOL_ROLES, Permission
from students.access import keys_beyond
from students.models import Guardianship, Student, TeamMember
from students.people import adults_of


class Reach:
    """What one person may do with the people of one school on one day. Asked by pages and by work in the background."""

    def __init__(self, user: User, school: School, day: datetime.date):
        self.user, self.school, self.day = user, school, day

    @cached_property
    def _roles(self) -> list[StaffRole]:
        return list(StaffRole.objects.on(self.day).filter(user=self.user, school=self.school))

    @cached_property
    def can(self) -> Can:
        return school_permissions(self._roles, self.school.pk)

    @property
    def is_whole_school(self) -> bool:
        """Whether advisories are theirs to fill, whoever has them in charge."""
        return Permission.SCHOOL_ADVISORIES in self.can

    @property
    def must_seat(self) -> bool:
        """Whether they bring students into an advisory of their own alone: they see nobody else's."""
        return not any(row.role in WHOLE_SCHOOL_ROLES for row in self._roles)

    @cached_property
    def own_advisories(self) -> list[int]:
        """The advisories that they are the adviser of: cover brings nobody in."""
        charges = Charge.objects.on(self.day).filter(user=self.user, advisory__school=self.school)
        return list(charges.filter(kind=Charge.Kind.ADVISER).values_list("advisory_id", flat=True))

    def may_seat_in(self, advisory_id: int) -> bool:
        return self.is_whole_school or advisory_id in self.own_advisories

    @cached_property
    def _editable(self) -> set[int]:
        return set(self.students(Permission.STUDENT_EDIT).values_list("pk", flat=True))

    def may_edit(self, student_id: int) -> bool:
        return student_id in self._editable

    def students(self, permission):
        """The school's students on whom they hold `permission`."""
        students = Student.objects.filter(school=self.school)
        if any(row.role in WHOLE_SCHOOL_ROLES and permission in GRANTS[row.role] for row in self._roles):
            return students  # the door's answer: they see the whole school
        return students.open_to(self.user, permission, self.day)

    def invited_students(self):
        """The students whom they invite, and whose families and mentors."""
        return self.students(Permission.TEAM_EDIT)

    def keys_beyond(self, people) -> set[int]:
        """Those of `people` to whose accounts they are given no key (docs/decisions/0010)."""
        return keys_beyond(people, self.user, self.school, self.day)

    def is_elsewhere(self, person: User) -> bool:
        """Whether another school has them too: on a team, or at work."""
        places = TeamMember.objects.exclude(ends_on__lte=self.day).filter(user=person).exclude(school=self.school)
        work = StaffRole.objects.exclude(ends_on__lte=self.day).filter(user=person).exclude(school=self.school)
        return places.exists() or work.exists()

    @cached_property
    def all_beyond(self) -> set[int]:
        """The same of everybody whom the school knows: read once for the many rows of a table."""
        students = Student.objects.filter(school=self.school)
        everybody = Q(pk__in=adults_of(self.school).values("pk")) | Q(pk__in=students.values("user_id"))
        return self.keys_beyond(User.objects.filter(everybody))

    def people(self):
        """Whom they may invite: their students with families and mentors, and staff for who may add staff.

        Somebody with a role in any school or network is staff, whatever else they are: a letter lets its reader in.
        """
        students = self.invited_students()
        family = (
            Guardianship.objects.on(self.day)
            .filter(student__in=students)
            .exclude(rights__in=(Guardianship.Rights.BARRED, Guardianship.Rights.CONTACT))
        )
        mentors = Mentorship.objects.on(self.day).filter(student__in=students)
        roles = StaffRole.objects.exclude(ends_on__lte=self.day)
        brings_staff = Permission.SCHOOL_STAFF in self.can
        colleagues = roles.filter(school=self.school) if brings_staff else roles.none()
        elsewhere = roles.exclude(school=self.school) if brings_staff else roles
        # One list of ids: of an OR of four, PostgreSQL asks everybody in the network.
        mine = students.order_by().values("user_id")
        mine = mine.union(
            family.order_by().values("user_id"),
            mentors.order_by().values("mentor__user_id"),
            colleagues.order_by().values("user_id"),
        )
        return User.objects.filter(pk__in=mine).exclude(Exists(elsewhere.filter(user=OuterRef("pk"))))


def for_import(view):
    """Load the import of `import_id` in a school: its maker's, and every one for who forms advisories."""

    @wraps(view)
    @for_school(Permission.SCHOOL_PEOPLE)
    def through_the_door(request, school, import_id, *args, **kwargs):
        found = Import.objects.filter(school=school, pk=import_id).select_related("made_by", "confirmed_by").first()
        if found is None or (found.made_by_id != request.user.pk and Permission.SCHOOL_ADVISORIES not in request.can):
            raise Http404
        found.school = school
        return view(request, found, *args, **kwargs)

    return through_the_door


def imports_of(request, school):
    """The imports that the signed-in person may open, the latest first."""
    imports = Import.objects.filter(school=school).select_related("made_by")
    return imports if Permission.SCHOOL_ADVISORIES in request.can else imports.filter(made_by=request.user)


def load_person(reach: Reach, user_id: int) -> User:
    """A person whom they may invite; everybody else is not there."""
    user = reach.people().filter(pk=user_id).first()
    if user is None:
        raise Http404
    return user
