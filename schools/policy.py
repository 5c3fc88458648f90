"""The policy table in plain words, for a page and for docs/access.md; it says what schools/roles.py holds."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.roles import GRANTS, Permission, Role

RULE = gettext_lazy(
    "You see a student if you are on their team today, or hold a whole-school role in their school; what you may do "
    "depends on which role that is. (Members of an advisory also see each other's names and circle.)"
)

# A permission belongs to the first group whose beginning its name has.
GROUPS = [
    (("student_", "interests_", "parents_"), gettext_lazy("The student")),
    (("team_", "guardians_", "contacts_"), gettext_lazy("Team and family")),
    (("attendance_",), gettext_lazy("Attendance")),
    (("one_to_one_", "notes_", "concern_"), gettext_lazy("Talks, notes and concerns")),
    (("plan_",), gettext_lazy("The learning plan")),
    (("opportunities_", "internship_"), gettext_lazy("Internships")),
    (("background_", "destination_"), gettext_lazy("Background and what became of them")),
    (("school_",), gettext_lazy("The school")),
    (("network_",), gettext_lazy("The network")),
    (("",), gettext_lazy("Other")),
]

HELD_BY = {
    Role.STUDENT: gettext_lazy("The student whose record it is. It stays theirs to read after they leave."),
    Role.PARENT: gettext_lazy(
        "An adult who is linked to the student, from the first day of the link to its last. A link's rights can be "
        "narrower: who takes part without signing does not sign, and who reads only neither writes nor signs. Whoever "
        "is a contact only, or is barred, is not on the team and sees nothing."
    ),
    Role.MENTOR: gettext_lazy("A mentor of the student, while the time with this student lasts."),
    Role.ADVISER: gettext_lazy(
        "Whoever has the student's advisory in charge. It moves with the student's seat, on the same day. What is "
        "said of the school holds for everybody who is an adviser there."
    ),
    Role.COVER: gettext_lazy("Whoever stands in for the adviser, from one day to another."),
    Role.SPECIALIST: gettext_lazy("Somebody whom the school has put on this student's team, with dates."),
    Role.ALUMNI_CONTACT: gettext_lazy(
        "Whoever was the adviser as the student left, for three years from then: to ask how they are and write it down."
    ),
    Role.PANELLIST: gettext_lazy("A guest of the student's exhibition."),
    Role.COMMISSIONER: gettext_lazy("Whoever placed the student here: an authority or another school. With dates."),
    Role.COORDINATOR: gettext_lazy("A whole-school role: it holds for every student of the school."),
    Role.LEAD: gettext_lazy("A whole-school role: it holds for every student of the school."),
    Role.SAFEGUARDING: gettext_lazy("A whole-school role: it holds for every student of the school."),
    Role.NETWORK_LEAD: gettext_lazy("Somebody who leads a network of schools. No page of a student opens to them."),
}


@dataclass(frozen=True)
class RolePolicy:
    role: Role
    held_by: str
    groups: list[tuple[str, list[str]]]


def policy() -> list[RolePolicy]:
    """Every role with what it may do, group by group."""
    return [RolePolicy(role, str(HELD_BY[role]), groups_of(GRANTS[role])) for role in Role]


def groups_of(permissions) -> list[tuple[str, list[str]]]:
    """The permissions' words by group, in the table's order; a group without any is left out."""
    found: dict[str, list[str]] = {}
    for permission in Permission:
        if permission in permissions:
            found.setdefault(_group(permission), []).append(str(permission.label))
    return [(str(label), found[str(label)]) for _starts, label in GROUPS if str(label) in found]


def _group(permission) -> str:
    return next(str(label) for starts, label in GROUPS if permission.startswith(starts))


def as_markdown() -> str:
    """docs/access.md, whole."""
    lines = [
        f"# {_('Who may do what')}",
        "",
        _("This page is printed from the policy table, `schools/roles.py`, by `manage.py print_policy`. A test fails "
          "when the two differ."),
        "",
        f"## {_('Who may see a student')}",
        "",
        str(RULE),
        "",
        _("Everybody else gets the answer that there is no such page. Several roles add up. Being barred takes away "
          "only what the link of this one student would have given."),
    ]  # fmt: skip
    for row in policy():
        lines += ["", f"## {str(row.role.label).capitalize()}", "", row.held_by, "", f"| {_('About')} | {_('May')} |"]
        lines += ["|---|---|"]
        lines += [f"| {label} | {'; '.join(words)} |" for label, words in row.groups]
    return "\n".join(lines) + "\n"
