from django.urls import path

from internships.views import agreement, browse, opportunities, placements, pursuits, rules

app_name = "internships"
urlpatterns = [
    path("schools/<int:school_id>/opportunities/", opportunities.index, name="opportunities"),
    path("schools/<int:school_id>/opportunities/<int:opportunity_id>/", opportunities.show, name="opportunity"),
    path(
        "schools/<int:school_id>/opportunities/<int:opportunity_id>/change/", opportunities.change,
        name="opportunity_change",
    ),
    path(
        "schools/<int:school_id>/opportunities/<int:opportunity_id>/withdraw/", opportunities.withdraw,
        name="opportunity_withdraw",
    ),
    path(
        "schools/<int:school_id>/opportunities/<int:opportunity_id>/again/", opportunities.again,
        name="opportunity_again",
    ),
    path(
        "schools/<int:school_id>/organisations/<int:organisation_id>/opportunities/new/", opportunities.add,
        name="opportunity_add",
    ),
    path("students/<int:student_id>/opportunities/", browse.index, name="browse"),
    path("students/<int:student_id>/opportunities/<int:opportunity_id>/", pursuits.offered, name="browse_one"),
    path("students/<int:student_id>/places/", pursuits.index, name="pursuits"),
    path("students/<int:student_id>/places/new/", pursuits.propose, name="propose"),
    path("students/<int:student_id>/places/<int:pursuit_id>/", pursuits.show, name="pursuit"),
    path("students/<int:student_id>/places/<int:pursuit_id>/say/", pursuits.say, name="decide"),
    path("students/<int:student_id>/places/<int:pursuit_id>/end/", pursuits.stop, name="end"),
    path("students/<int:student_id>/places/<int:pursuit_id>/again/", pursuits.again, name="again"),
    path("students/<int:student_id>/internship/", placements.index, name="placements"),
    path("students/<int:student_id>/internship/<int:placement_id>/", placements.show, name="placement"),
    path("students/<int:student_id>/internship/<int:placement_id>/agreement/", agreement.show, name="agreement"),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/agreement/send/", agreement.send,
        name="agreement_send",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/agreement/<int:form_id>/", agreement.fill_in,
        name="agreement_form",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/agreement/<int:form_id>/again/", agreement.again,
        name="agreement_again",
    ),
    path("l/agreement/<int:link_id>/", agreement.by_link, name="agreement_link"),
    path("schools/<int:school_id>/internship-rules/ready/", rules.ready, name="rules_ready"),
    path("schools/<int:school_id>/pipeline/", pursuits.board, name="pipeline"),
    path("schools/<int:school_id>/internship-rules/", rules.change, name="rules"),
]  # fmt: skip
