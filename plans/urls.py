from django.urls import path

from plans.views import carry, comments, goals, items, life, meetings, plan, progress, sign, template, versions

app_name = "plans"
PLAN = "plans/<int:plan_id>/"
ITEM = PLAN + "items/<int:item_id>/"
THREAD = PLAN + "threads/<int:thread_id>/"
MEETING = PLAN + "meetings/<int:meeting_id>/"

urlpatterns = [
    path("students/<int:student_id>/plans/", plan.index, name="index"),
    path("students/<int:student_id>/plans/begin/", plan.begin, name="begin"),
    path(PLAN, plan.show, name="show"),
    path(PLAN + "sections/<int:section_id>/readers/", plan.readers, name="readers"),
    path(PLAN + "sections/<int:section_id>/comment/", comments.on_section, name="comment_section"),
    path(PLAN + "review/", life.review, name="review"),
    path(PLAN + "back/", life.back, name="back"),
    path(PLAN + "ready/", life.ready, name="ready"),
    path(PLAN + "activate/", life.active, name="activate"),
    path(PLAN + "close/", life.close, name="close"),
    path(PLAN + "sign/", sign.sign_here, name="sign"),
    path(PLAN + "witness/", sign.witness, name="witness"),
    path(PLAN + "witness/<int:user_id>/", sign.witness_one, name="witness_one"),
    path(PLAN + "items/new/", items.new, name="new_item"),
    path(PLAN + "items/order/", items.order, name="order"),
    path(ITEM, items.edit, name="edit_item"),
    path(ITEM + "split/", items.split, name="split_item"),
    path(ITEM + "state/", items.state, name="item_state"),
    path(ITEM + "comment/", comments.on_item, name="comment_item"),
    path(PLAN + "goals/new/", goals.new, name="new_goal"),
    path(PLAN + "goals/<int:goal_id>/", goals.edit, name="edit_goal"),
    path(THREAD, comments.thread, name="thread"),
    path(THREAD + "resolve/", comments.settle, name="resolve"),
    path(THREAD + "reopen/", comments.open_again, name="reopen"),
    path(PLAN + "versions/", versions.index, name="versions"),
    path(PLAN + "versions/<int:number>/", versions.show, name="version"),
    path(PLAN + "versions/<int:number>/to/<int:other>/", versions.difference, name="difference"),
    path(PLAN + "changes/", versions.since_signed, name="changes"),
    path(PLAN + "print/", versions.on_paper, name="print"),
    path(PLAN + "plan.pdf", versions.as_pdf, name="pdf"),
    path(PLAN + "carry-over/", carry.carry, name="carry_over"),
    path(PLAN + "meetings/", meetings.index, name="meetings"),
    path(PLAN + "meetings/new/", meetings.call, name="call_meeting"),
    path(MEETING, meetings.show, name="meeting"),
    path(MEETING + "change/", meetings.change, name="change_meeting"),
    path(MEETING + "off/", meetings.off, name="meeting_off"),
    path(MEETING + "came/", meetings.came, name="meeting_came"),
    path(MEETING + "calendar.ics", meetings.file, name="meeting_file"),
    path("schools/<int:school_id>/plans/", progress.progress, name="progress"),
    path("schools/<int:school_id>/plan-template/", template.edit, name="template"),
]
