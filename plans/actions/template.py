"""A school's plan template: what its plans consist of, who writes and reads each section, who signs."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from audit.actions import record
from coedit.actions import open_to
from plans.actions.hold import ChangedMeanwhile, PlanError
from plans.defaults import EVERYBODY, SIGNING, name_for, sections_for
from plans.models import SIGNERS, Need, Section, Template, TemplateSection
from schools.models import School
from schools.roles import Permission, Role, roles_granting

# Who must always be able to read a section of a plan.
ALWAYS_READ = (Role.STUDENT, Role.ADVISER)
CAN_WRITE = [role for role in roles_granting(Permission.PLAN_WRITE) if role != Role.COVER]


@dataclass(frozen=True)
class Wanted:
    """A section as the lead wants it; an empty `key` is a new one."""

    title: str
    guidance: str
    readers: tuple[str, ...]
    writers: tuple[str, ...]
    key: str = ""


@transaction.atomic
def current_template(*, school: School, by) -> Template:
    """The school's template; its first one is made from the defaults when it is needed."""
    if found := Template.objects.filter(school=school, is_current=True).first():
        return found
    School.objects.select_for_update().get(pk=school.pk)
    if found := Template.objects.filter(school=school, is_current=True).first():
        return found
    return _make(school, name_for(school), sections_for(school), SIGNING, 1, by)


@transaction.atomic
def change_template(
    *, school: School, name: str, sections: list[Wanted], signing: dict, base_version: int, also_running: bool, by,
    on: datetime.date,
) -> Template:  # fmt: skip
    """A new version with these sections, for plans begun from now on.

    Who reads and writes a section is live: with `also_running` it changes in running plans too; whoever may no longer
    read a section loses it in every plan. Raises PlanError where it would be no plan, ChangedMeanwhile if somebody was
    quicker.
    """
    current = current_template(school=school, by=by)
    Template.objects.select_for_update().get(pk=current.pk)
    current.refresh_from_db()
    if current.version != base_version:
        raise ChangedMeanwhile(
            _("%(name)s changed the template while you did. Your version is still below: compare, then save again.")
            % {"name": current.created_by.name},
            current,
        )
    _check(sections, signing)
    Template.objects.filter(pk=current.pk).update(is_current=False)
    template = _make(school, name, _with_keys(sections, school), signing, current.version + 1, by)
    _apply_to_plans(current, template, also_running, by, on)
    return template


def _check(sections, signing):
    if not sections:
        raise PlanError(_("A plan needs at least one section: keep one, or add one, before you save."))
    for section in sections:
        if not section.title.strip():
            raise PlanError(_("Give every section a title."))
        if not set(ALWAYS_READ) <= set(section.readers):
            raise PlanError(_("The student and the adviser always read “%(title)s”.") % {"title": section.title})
        if not set(section.writers) & set(CAN_WRITE):
            raise PlanError(_("Somebody has to write “%(title)s”: choose at least one.") % {"title": section.title})
    if not any(signing.get(role, {}).get("need") in (Need.ONE, Need.EVERY) for role in SIGNERS):
        raise PlanError(_("At least one signature must be needed, or no plan would ever be signed."))


def _with_keys(sections, school) -> list[Wanted]:
    """New sections get a key that no section of the school has had."""
    taken = set(TemplateSection.objects.filter(template__school=school).values_list("key", flat=True))
    keyed = []
    for section in sections:
        key = section.key or _free_key(section.title, taken)
        taken.add(key)
        keyed.append(Wanted(section.title.strip(), section.guidance, section.readers, section.writers, key))
    return keyed


def _free_key(title, taken):
    stem = slugify(title).replace("-", "_")[:30] or "section"
    return next(key for number in range(1, len(taken) + 2) if (key := f"{stem}_{number}") not in taken)


def _make(school, name, sections, signing, version, by) -> Template:
    template = Template.objects.create(
        school=school, name=name, version=version, signing={str(role): dict(rule) for role, rule in signing.items()},
        created_by=by,
    )  # fmt: skip
    TemplateSection.objects.bulk_create(
        TemplateSection(
            template=template, key=section.key, title=section.title, guidance=section.guidance, order=order,
            readers=_ordered({*section.readers, *section.writers}), writers=_ordered(section.writers),
        )
        for order, section in enumerate(sections)
    )  # fmt: skip
    record("plans.template.made", by=by, subject=template, school_id=school.pk, version=version)
    return template


def _ordered(roles) -> list[str]:
    return [role.value for role in EVERYBODY if role in roles]


def _apply_to_plans(before, after, also_running, by, on):
    """Carry a change of readers and writers into plans: whoever loses a section loses it in every plan at once, whoever
    gains one gains it in running plans where the lead said so. What an adviser opened in one plan stays open."""
    old, new = ({spec.key: spec for spec in template.sections.all()} for template in (before, after))
    changed = [key for key in old.keys() & new.keys() if _roles(old[key]) != _roles(new[key])]
    sections = Section.objects.filter(school_id=after.school_id, key__in=changed).select_related("plan", "text")
    for section in list(sections):
        widens = also_running and section.plan.is_open
        readers, writers = (
            _moved(has, was, now, widens)
            for has, was, now in zip(
                _roles(section.text), _roles(old[section.key]), _roles(new[section.key]), strict=True
            )
        )
        open_to(text=section.text, readers=_ordered(readers), writers=_ordered(writers & readers), by=by, on=on)


def _roles(one) -> tuple[set, set]:
    return set(one.readers), set(one.writers)


def _moved(has: set, was: set, now: set, widens: bool) -> set:
    return (has - (was - now)) | ((now - was) if widens else set())
