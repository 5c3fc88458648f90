from django.urls import path

from internships.views import agreement, board, browse, days, opportunities, placements, pursuits, rules

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
    path("students/<int:student_id>/internship/new/", placements.new, name="placement_new"),
    path("students/<int:student_id>/internship/today/", days.today, name="today_mine"),
    path("students/<int:student_id>/internship/<int:placement_id>/", placements.show, name="placement"),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/begin/", placements.let_begin,
        name="placement_begin",
    ),
    path("students/<int:student_id>/internship/<int:placement_id>/on/", placements.let_go_on, name="placement_on"),
    path("students/<int:student_id>/internship/<int:placement_id>/rest/", placements.suspend, name="placement_rest"),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/schedule/", placements.schedule,
        name="placement_schedule",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/people/", placements.add_person,
        name="placement_person",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/people/<int:row_id>/drop/", placements.drop_person,
        name="placement_drop",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/people/<int:row_id>/away/", placements.person_away,
        name="placement_away",
    ),
    path("students/<int:student_id>/internship/<int:placement_id>/end/", placements.finish, name="placement_end"),
    path("students/<int:student_id>/internship/<int:placement_id>/in/", days.check, {"way": "in"}, name="check_in"),
    path("students/<int:student_id>/internship/<int:placement_id>/out/", days.check, {"way": "out"}, name="check_out"),
    path("students/<int:student_id>/internship/<int:placement_id>/absence/", days.absence, name="absence"),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/absence/<int:day_id>/back/", days.comes,
        name="absence_back",
    ),
    path("students/<int:student_id>/internship/<int:placement_id>/make-up/", days.make_up_day, name="make_up"),
    path("students/<int:student_id>/internship/<int:placement_id>/week/", days.week, name="week"),
    path("students/<int:student_id>/internship/<int:placement_id>/sheet/", days.sheet, name="sheet"),
    path("l/week/<int:link_id>/", days.week_by_link, name="week_link"),
    path("schools/<int:school_id>/site-today/", board.today, name="today"),
    path("schools/<int:school_id>/site-week/", board.week, name="site_week"),
    path("schools/<int:school_id>/site-map/", board.map_of_places, name="map"),
    path("schools/<int:school_id>/internship-questions/", rules.questions, name="questions"),
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
