from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from common.prepared import Prepared
from plans.access import for_plan, load_plan
from plans.actions.begin import begin_plan
from plans.actions.hold import PlanError
from plans.actions.sections import open_section
from plans.due import due_on, overdue
from plans.forms.life import BeginForm, ReadersForm
from plans.models import Plan, WorkItem
from plans.page import next_meeting, page_of
from plans.turns import Task
from schools.models import Term
from schools.roles import Permission
from students.access import for_student
from students.models import Student

P = Permission


@for_student(P.PLAN_SEE)
def index(request, student):
    """The student's plans, term by term; the terms in which one can be begun."""
    plans = list(student.plans.with_what_it_belongs_to())
    terms = _terms_without(student, plans, request.day) if _may_begin(request) else []
    term = Term.objects.on(request.day).filter(school=student.school).first()
    late = overdue(student.school, request.day, Student.objects.filter(pk=student.pk)).exists()
    context = {
        "student": student, "plans": plans, "terms": terms, "term": term, "is_late": late,
        "due_on": due_on(student.school, student, term) if term else None, "form": BeginForm(terms=terms),
        "has_one_now": any(plan.term_id == term.pk for plan in plans) if term else True,
    }  # fmt: skip
    return render(request, "plans/index.html", context)


def _may_begin(request):
    return bool(request.can & {P.PLAN_ITEMS, P.PLAN_MANAGE})


def _terms_without(student, plans, day):
    """Open terms that have not ended and have no plan yet, the nearest first."""
    terms = Term.objects.open().filter(school=student.school_id, ends_on__gt=day)
    return list(terms.exclude(pk__in=[plan.term_id for plan in plans]).order_by("starts_on")[:3])


@require_POST
@for_student(P.PLAN_SEE)
def begin(request, student):
    if not _may_begin(request):
        raise PermissionDenied
    terms = Term.objects.filter(school=student.school_id)
    term = next((term for term in terms if str(term.pk) == request.POST.get("term")), None)
    if term is None:
        raise Http404
    try:
        plan = begin_plan(student=student, term=term, by=request.user, on=request.day, at=timezone.now())
    except PlanError as error:
        messages.error(request, str(error))
        return redirect("plans:index", student.pk)
    has_earlier = student.plans.filter(term__starts_on__lt=term.starts_on).exists()
    return redirect("plans:carry_over" if has_earlier and P.PLAN_ITEMS in request.can else "plans:show", plan.pk)


_for_page = Prepared(lambda plan, now: Plan.objects.for_page(now).filter(pk=plan))


def show(request, plan_id):
    """Everything of one plan that this person may see, on one page."""
    plan = load_plan(request, plan_id, P.PLAN_SEE, _for_page(plan=plan_id, now=timezone.now()))
    page = page_of(plan, request)
    context = {
        "plan": plan, "page": page, "item_states": WorkItem.State.choices, "mine": page.standing.last_of(request.user),
        "may_order": P.PLAN_ITEMS in request.can and plan.is_open,
        "may_call": bool(request.can & {P.PLAN_SUBMIT, P.PLAN_MANAGE}) and plan.is_open,
        "may_sign": _may_sign_too(page, request),
        "meeting": next_meeting(plan, request.standing),
    }  # fmt: skip
    return render(request, "plans/show.html", context)


def _may_sign_too(page, request) -> bool:
    """Somebody may sign whose signature nobody waits for: the second parent, or one whom a reason stood in for."""
    has = {(one.user_id, one.role) for one in page.standing.holding}
    roles = [role for role in request.team.signing_roles() if (request.user.pk, role) not in has]
    return (
        page.plan.can_be_signed
        and bool(roles)
        and not any(turn.is_mine and turn.task == Task.SIGN for turn in page.turns)
    )


show.permission = P.PLAN_SEE


@for_plan(P.PLAN_MANAGE)
def readers(request, plan, section_id):
    """Who reads one section of this plan."""
    section = get_object_or_404(plan.sections.select_related("text"), pk=section_id)
    form = ReadersForm(request.POST or None, section=section)
    if request.method == "POST" and form.is_valid():
        try:
            section.plan = plan
            open_section(section=section, readers=form.cleaned_data["readers"], by=request.user, on=request.day)
        except PlanError as error:
            refuse(form, error, "readers")
        else:
            messages.success(request, _("Saved. It holds from now on."))
            return redirect("plans:show", plan.pk)
    return render(request, "plans/readers.html", {"plan": plan, "section": section, "form": form})
