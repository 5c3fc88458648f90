import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coedit.actions import Draft, create_many
from plans.actions.hold import PlanError, note
from plans.actions.template import current_template
from plans.models import Plan, Section
from schools.models import Term
from students.models import Student


@transaction.atomic
def begin_plan(*, student: Student, term: Term, by, on: datetime.date, at: datetime.datetime) -> Plan:
    """The student's plan for `term`, begun from the school's template; the one that is there, if somebody was quicker.

    Raises PlanError when the term is closed or is no term of the student's school.
    """
    Student.objects.select_for_update().get(pk=student.pk)
    term.refresh_from_db(fields=["closed_at"], from_queryset=Term.objects.select_for_update())
    if existing := Plan.objects.filter(student=student, term=term).first():
        return existing
    _require_open(student, term, on)
    template = current_template(school=student.school, by=by)
    plan = Plan.objects.create(
        student=student, school_id=student.school_id, term=term, template=template, begun_by=by, begun_at=at
    )
    _make_sections(plan, template, by, at)
    note("plans.begun", plan, by, term=term.pk)
    return plan


def _require_open(student, term, on):
    if term.school_id != student.school_id:
        raise PlanError(_("That is no term of this school."))
    if term.is_closed:
        raise PlanError(
            _("“%(term)s” is closed, so no plan can be begun in it. Choose a term that is still open.") % {"term": term}
        )
    if not student.enrolments.on(max(on, term.starts_on)).exists():
        raise PlanError(_("%(name)s is not enrolled in “%(term)s”.") % {"name": student.name, "term": term})


def _make_sections(plan, template, by, at):
    specs = list(template.sections.all())
    drafts = [Draft(plan.student, spec.title, spec.readers, spec.writers) for spec in specs]
    texts = create_many(drafts=drafts, by=by, at=at)
    Section.objects.bulk_create(
        Section(
            plan=plan, school_id=plan.school_id, key=spec.key, title=spec.title, guidance=spec.guidance,
            order=spec.order, text=text,
        )
        for spec, text in zip(specs, texts, strict=True)
    )  # fmt: skip
