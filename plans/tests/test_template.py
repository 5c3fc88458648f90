"""A school's plan template: versions, who writes and reads, who signs."""

import pytest

from bpl.tests.cast import TODAY
from plans.actions.hold import PlanError
from plans.actions.sections import open_section
from plans.actions.template import Wanted, change_template, current_template
from plans.models import Section, Template
from plans.tests.factories import a_plan
from schools.roles import Role

BOTH = (Role.STUDENT, Role.ADVISER)


def wanted(template, **readers):
    """The template's sections as they are, some with other readers."""
    return [
        Wanted(
            one.title, one.guidance, tuple(readers.get(one.key, one.readers)),
            tuple(role for role in one.writers if role in readers.get(one.key, one.readers)), one.key,
        )
        for one in template.sections.all()
    ]  # fmt: skip


def change(cast, sections, **changes):
    template = current_template(school=cast.school, by=cast.lead)
    facts = {"name": "Plan", "signing": template.signing, "base_version": template.version, "also_running": True}
    return change_template(school=cast.school, sections=sections, by=cast.lead, on=TODAY, **(facts | changes))


def readers(plan, key):
    return set(Section.objects.get(plan=plan, key=key).text.readers)


def test_a_running_plan_keeps_its_version(cast):
    plan = a_plan(cast)
    template = change(cast, [*wanted(plan.template), Wanted("Health", "How do you sleep?", BOTH, BOTH)])
    assert (template.version, plan.template.version) == (2, 1)
    assert not plan.sections.filter(title="Health").exists()
    assert a_plan(cast, "lena").sections.filter(title="Health").exists()


def test_a_template_without_sections_is_refused(cast):
    with pytest.raises(PlanError, match="at least one section"):
        change(cast, [])


def test_the_page_refuses_it_kindly_and_loses_nothing(cast, client):
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/plan-template/"
    rule = {"name": "Our plan", "base_version": 1, "button": "save"}
    for role in ("student", "parent", "mentor", "adviser"):
        rule |= {f"need_{role}": "one", f"again_{role}": "on"}
    page = client.post(address, rule).content.decode()
    assert "A plan needs at least one section" in page and 'value="Our plan"' in page


def test_two_leads_at_once_do_not_overwrite_each_other(cast):
    template = current_template(school=cast.school, by=cast.lead)
    change(cast, wanted(template), name="Mine")
    with pytest.raises(PlanError, match="changed the template while you did"):
        change(cast, wanted(template), name="Yours", base_version=1)


def test_who_came_second_compares_and_saves_again(cast, client):
    template = current_template(school=cast.school, by=cast.lead)
    change(cast, wanted(template)[:1], name="Mine")
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/plan-template/"
    # A mistake in between must not take the other's version for seen.
    assert 'value="2"' not in client.post(address, typed([""])).content.decode().split("<details")[0]
    page = client.post(address, typed(["Work"])).content.decode()
    assert "How Lee Whitfield left it" in page and "Who I am and what I care about" in page and 'value="Work"' in page
    client.post(address, typed(["Work"]) | {"base_version": [1, 2]})
    assert Template.objects.get(is_current=True).version == 3


def test_a_wrong_setting_is_corrected_in_every_plan_at_once(cast):
    plan = a_plan(cast)
    change(cast, wanted(plan.template, who_i_am=BOTH), also_running=False)
    assert readers(plan, "who_i_am") == {"student", "adviser"}


def test_whoever_is_let_in_sees_it_in_running_plans_only_if_the_lead_says_so(cast):
    plan = a_plan(cast)
    wider = [*plan.template.sections.get(key="family").readers, Role.MENTOR]
    change(cast, wanted(plan.template, family=wider), also_running=False)
    assert Role.MENTOR not in readers(plan, "family")
    assert Role.MENTOR in readers(a_plan(cast, "lena"), "family")


def test_let_in_everywhere_it_shows_in_running_plans_too(cast):
    plan = a_plan(cast)
    wider = [*plan.template.sections.get(key="family").readers, Role.MENTOR]
    change(cast, wanted(plan.template, family=wider))
    assert Role.MENTOR in readers(plan, "family")


def test_what_an_adviser_opened_in_one_plan_stays_open(cast):
    plan = a_plan(cast)
    family = Section.objects.get(plan=plan, key="family")
    open_section(section=family, readers=[*family.text.readers, Role.MENTOR], by=cast.ada, on=TODAY)
    change(cast, wanted(plan.template), name="Another name")
    assert Role.MENTOR in readers(plan, "family")


def test_the_student_and_the_adviser_always_read(cast, client):
    plan = a_plan(cast)
    with pytest.raises(PlanError, match="always read"):
        change(cast, wanted(plan.template, family=[Role.PARENT]))
    section = plan.sections.get(key="family")
    client.force_login(cast.ada)
    page = client.post(f"/plans/{plan.pk}/sections/{section.pk}/readers/", {"readers": ["parent"]}).content.decode()
    assert "The student and the adviser always read" in page


def test_somebody_must_sign(cast):
    template = current_template(school=cast.school, by=cast.lead)
    nobody = {role: {"need": "may", "again": True} for role in template.signing}
    with pytest.raises(PlanError, match="At least one signature"):
        change(cast, wanted(template), signing=nobody)


def typed(page_sections, button="save", base=1):
    """What a browser sends for these sections."""
    data = {"name": "Our plan", "base_version": base, "button": button, "also_running": "on"}
    for role in ("student", "parent", "mentor", "adviser"):
        data |= {f"need_{role}": "if_any" if role == "mentor" else "one", f"again_{role}": "on"}
    for place, title in enumerate(page_sections):
        data |= {
            f"section-{place}-title": title, f"section-{place}-writers": ["student"],
            f"section-{place}-readers": ["student", "adviser"],
        }  # fmt: skip
    return data


def test_buttons_rearrange_what_was_typed_and_save_nothing(cast, client):
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/plan-template/"
    page = client.post(address, typed(["First", "Second"], "up:1")).content.decode()
    assert page.index('value="Second"') < page.index('value="First"')
    page = client.post(address, typed(["First", "Second"], "retire:0")).content.decode()
    assert 'value="First"' not in page and 'value="Second"' in page
    page = client.post(address, typed(["First"], "england")).content.decode()
    assert 'value="Attendance target"' in page and 'value="First"' in page
    assert not Template.objects.exists()


def test_saving_makes_a_version_with_the_sections_in_their_order(cast, client):
    client.force_login(cast.lead)
    client.post(f"/schools/{cast.school.pk}/plan-template/", typed(["Who I am", "Work"]))
    template = Template.objects.get(is_current=True)
    assert (template.version, list(template.sections.values_list("title", flat=True))) == (2, ["Who I am", "Work"])
    assert template.sections.first().key == "who_i_am_1"
