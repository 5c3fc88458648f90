from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.forms import refuse
from plans.actions.hold import ChangedMeanwhile, PlanError
from plans.actions.template import change_template
from plans.defaults import ENGLAND, SIGNING, in_language_of, name_for, sections_for
from plans.forms.template import SAVE, TemplateForm, rule_initial, section_initial
from plans.models import SIGNERS, Need, Template
from schools.access import for_school
from schools.roles import Permission, Role


@for_school(Permission.SCHOOL_SETTINGS)
def edit(request, school):
    """What the school's plans consist of: sections, who writes and reads them, who signs."""
    current = Template.objects.filter(school=school, is_current=True).select_related("created_by").first()
    if request.method != "POST":
        return _page(request, school, current, _form(school, current))
    form, button = TemplateForm([], data=request.POST), request.POST.get("button", SAVE)
    if button != SAVE:
        return _page(request, school, current, form.rearranged(button, in_language_of(school, ENGLAND)))
    if form.is_valid():
        try:
            template = _save(request, school, form)
        except ChangedMeanwhile as error:
            refuse(form.rule, error)
            return _page(request, school, current, form, theirs=error.now)
        except PlanError as error:
            refuse(form.rule, error)
        else:
            messages.success(request, _("Saved as version %(number)s.") % {"number": template.version})
            return redirect("plans:template", school.pk)
    return _page(request, school, current, form)


def _form(school, current) -> TemplateForm:
    """The current template, or the defaults where the school has begun no plan yet."""
    if current is None:
        unsaved = Template(name=name_for(school), version=1, signing=SIGNING)
        return TemplateForm([section_initial(spec) for spec in sections_for(school)], rule_initial(unsaved))
    return TemplateForm([section_initial(section) for section in current.sections.all()], rule_initial(current))


def _save(request, school, form) -> Template:
    said = form.rule.cleaned_data
    return change_template(
        school=school, name=said["name"], sections=[section.wanted() for section in form.sections],
        signing=form.rule.signing(), base_version=said["base_version"], also_running=said["also_running"],
        by=request.user, on=school.today(),
    )  # fmt: skip


def _page(request, school, current, form, theirs=None):
    older = Template.objects.filter(school=school, is_current=False).select_related("created_by")
    keys = {section["key"].value() for section in form.sections}
    context = {
        "school": school, "current": current, "form": form, "older": older, "theirs": theirs and _said(theirs),
        "lacks_england": any(spec.key not in keys for spec in ENGLAND),
    }  # fmt: skip
    return render(request, "plans/template.html", context)


def _said(template) -> dict:
    """What somebody else saved meanwhile, to compare with."""
    sections = [
        (section.title, *(_labels(roles) for roles in (section.writers, section.readers)))
        for section in template.sections.all()
    ]
    signing = [(Role(role).label, Need(template.need(role)).label) for role in SIGNERS]
    return {"template": template, "sections": sections, "signing": signing}


def _labels(roles) -> list[str]:
    return [str(Role(role).label) for role in roles]
