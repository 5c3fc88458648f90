from django.urls import path

from internships.views import (
    agreement,
    board,
    browse,
    days,
    first_tasks,
    learning,
    matching,
    meeting,
    opportunities,
    placements,
    projects,
    pursuits,
    rules,
)

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
    path("students/<int:student_id>/places/travel/", pursuits.travel, name="travel"),
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
    path(
        "students/<int:student_id>/internship/<int:placement_id>/change/", placements.correct,
        name="placement_change",
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
    path("students/<int:student_id>/internship/<int:placement_id>/journal/", learning.journal, name="journal"),
    path("students/<int:student_id>/internship/<int:placement_id>/visit/", learning.visit, name="visit"),
    path("students/<int:student_id>/internship/<int:placement_id>/feedback/", learning.give_feedback, name="feedback"),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/feedback/ask/", learning.ask_feedback,
        name="feedback_ask",
    ),
    path("students/<int:student_id>/internship/<int:placement_id>/project/new/", projects.new, name="project_new"),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/project/<int:project_id>/", projects.show,
        name="project",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/project/<int:project_id>/change/", projects.change,
        name="project_change",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/project/<int:project_id>/checkpoints/",
        projects.add_checkpoint,
        name="checkpoint_add",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/project/<int:project_id>/checkpoints/<int:checkpoint_id>/",
        projects.checkpoint,
        name="checkpoint",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/project/<int:project_id>/checkpoints/<int:checkpoint_id>/done/",
        projects.mark,
        name="checkpoint_mark",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/project/<int:project_id>/hand-in/", projects.hand_in,
        name="project_hand_in",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/project/<int:project_id>/drafts/<int:number>/",
        projects.draft,
        name="project_draft",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/project/<int:project_id>/drafts/<int:number>/say/",
        projects.say,
        name="project_say",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/project/<int:project_id>/end/", projects.end,
        name="project_end",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/tasks/new/", first_tasks.add, name="first_task_add",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/tasks/<int:task_id>/", first_tasks.show,
        name="first_task",
    ),
    path("schools/<int:school_id>/internship-prompts/", rules.prompts, name="prompts"),
    path("schools/<int:school_id>/internship-prompts/<slug:of>/<int:order>/", rules.prompt, name="prompt"),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/photos/<int:photo_id>/",
        learning.photo, name="photo",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/photos/<int:photo_id>/small/",
        learning.photo, {"small": True}, name="photo_small",
    ),
    path(
        "students/<int:student_id>/internship/<int:placement_id>/photos/<int:photo_id>/drop/",
        learning.drop_photo, name="photo_drop",
    ),
    path("l/feedback/<int:link_id>/", learning.feedback_by_link, name="feedback_link"),
    path("schools/<int:school_id>/not-contacted/", learning.not_contacted, name="not_contacted"),
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
    path("students/<int:student_id>/places/<int:pursuit_id>/meeting/", meeting.show, name="meeting"),
    path("students/<int:student_id>/places/<int:pursuit_id>/interview/", meeting.interview, name="interview"),
    path(
        "students/<int:student_id>/places/<int:pursuit_id>/interview/held/", meeting.interview_held,
        name="interview_held",
    ),
    path("students/<int:student_id>/places/<int:pursuit_id>/shadow/", meeting.shadow, name="shadow"),
    path(
        "students/<int:student_id>/places/<int:pursuit_id>/shadow/parent/", meeting.shadow_parent,
        name="shadow_parent",
    ),
    path("students/<int:student_id>/places/<int:pursuit_id>/shadow/host/", meeting.shadow_host, name="shadow_host"),
    path(
        "students/<int:student_id>/places/<int:pursuit_id>/shadow/student/", meeting.shadow_student,
        name="shadow_student",
    ),
    path("students/<int:student_id>/places/<int:pursuit_id>/set-up/", meeting.set_up, name="set_up"),
    path("l/shadow/<int:link_id>/", meeting.host_by_link, name="shadow_link"),
    path("schools/<int:school_id>/proposed-places/", matching.index, name="matchings"),
    path("schools/<int:school_id>/proposed-places/<int:matching_id>/", matching.show, name="matching"),
    path("schools/<int:school_id>/proposed-places/<int:matching_id>/again/", matching.again, name="matching_again"),
    path(
        "schools/<int:school_id>/proposed-places/<int:matching_id>/<int:line_id>/lock/", matching.lock_line,
        name="match_lock",
    ),
    path(
        "schools/<int:school_id>/proposed-places/<int:matching_id>/<int:line_id>/accept/", matching.accept_line,
        name="match_accept",
    ),
    path(
        "schools/<int:school_id>/proposed-places/<int:matching_id>/<int:line_id>/change/", matching.change_line,
        name="match_change",
    ),
    path("schools/<int:school_id>/pipeline/", pursuits.board, name="pipeline"),
    path("schools/<int:school_id>/internship-rules/", rules.change, name="rules"),
]  # fmt: skip
