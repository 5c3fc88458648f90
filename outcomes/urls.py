from django.urls import path

from outcomes.views import (
    attention,
    background,
    background_table,
    behind,
    clearinghouse,
    dashboard,
    destinations,
    figures,
    leavers,
    refreshing,
    saved,
    snapshots,
    survey,
)
from outcomes.views.doors import at_network, at_school
from schools.roles import Permission

app_name = "outcomes"
AFTER = "students/<int:student_id>/after-school/"
FILES = "schools/<int:school_id>/outcomes/clearinghouse/"

# The figures ------------------------------------------------------------------------------------------------------
SCHOOL, NETWORK = "schools/<int:school_id>/outcomes/", "networks/<int:network_id>/outcomes/"
P = Permission


def both(rest, view, name, permission=P.SCHOOL_OUTCOMES):
    """One page at its two addresses: of a school, and of a network."""
    return [
        path(f"{SCHOOL}{rest}", at_school(permission)(view), name=name),
        path(f"{NETWORK}{rest}", at_network(view), name=f"network_{name}"),
    ]


def of_school(rest, view, name, permission=P.SCHOOL_OUTCOMES):
    return path(f"{SCHOOL}{rest}", at_school(permission)(view), name=name)


FIGURE_PATHS = [
    *both("", dashboard.show, "dashboard"),
    *both("outcomes.csv", dashboard.to_csv, "dashboard_csv"),
    *both("outcomes.pdf", dashboard.to_pdf, "dashboard_pdf"),
    *both("figures/<slug:key>/", figures.show, "figure"),
    *both("figures/<slug:key>/figure.csv", figures.to_csv, "figure_csv"),
    of_school("figures/<slug:key>/students/", behind.show, "behind"),
    of_school("attention/<slug:rule>/", attention.show, "attention"),
    of_school("refresh/", refreshing.ask, "refresh"),
    of_school("publish/", refreshing.publish, "publish", P.SCHOOL_BACKGROUND),
    *both("views/", saved.index, "saved"),
    *both("views/<int:view_id>/", saved.show, "saved_open"),
    *both("views/<int:view_id>/change/", saved.change, "saved_change"),
    *both("views/<int:view_id>/remove/", saved.remove, "saved_remove"),
    *both("snapshots/", snapshots.index, "snapshots"),
    *both("snapshots/add/", snapshots.add, "snapshot_add", P.SCHOOL_BACKGROUND),
    *both("snapshots/<int:snapshot_id>/", snapshots.show, "snapshot"),
    *both("snapshots/<int:snapshot_id>/figures/<slug:key>/", snapshots.figure, "snapshot_figure"),
    *both("snapshots/<int:snapshot_id>/outcomes.csv", snapshots.to_csv, "snapshot_csv"),
    *both("snapshots/<int:snapshot_id>/outcomes.pdf", snapshots.to_pdf, "snapshot_pdf"),
]

urlpatterns = [
    *FIGURE_PATHS,
    # Who they are.
    path("students/<int:student_id>/background/", background.student, name="background"),
    path("students/<int:student_id>/background/write/", background.write, name="background_write"),
    path("students/<int:student_id>/background/<int:row_id>/", background.correct, name="background_correct"),
    path("students/<int:student_id>/background/<int:row_id>/take-back/", background.take_back, name="background_back"),
    path("schools/<int:school_id>/background/", background.held, name="held"),
    path("schools/<int:school_id>/background/<slug:kind>/delete/", background.delete, name="background_delete"),
    path("schools/<int:school_id>/background/table/", background_table.table, name="background_table"),
    path("schools/<int:school_id>/background/table/empty.csv", background_table.empty_table, name="background_empty"),
    # Who has left, what became of them, and the survey.
    path("schools/<int:school_id>/leavers/", leavers.leavers, name="leavers"),
    path("schools/<int:school_id>/leavers.csv", leavers.as_csv, name="leavers_csv"),
    path("stay-in-touch/", leavers.in_touch, name="in_touch"),
    path(AFTER, destinations.show, name="destinations"),
    path(f"{AFTER}how/", destinations.say_how, name="leaver_how"),
    path(f"{AFTER}contact/", destinations.say_consent, name="contact_consent"),
    path(f"{AFTER}record/<slug:kind>/", destinations.record, name="destination_record"),
    path(f"{AFTER}<int:destination_id>/correct/", destinations.correct, name="destination_correct"),
    path(f"{AFTER}<int:destination_id>/take-back/", destinations.withdraw, name="destination_withdraw"),
    path(f"{AFTER}surveys/<int:survey_id>/", survey.signed_in, name="survey"),
    path(f"{AFTER}surveys/<int:survey_id>/send/", survey.send, name="survey_send"),
    path("l/alumni/<int:link_id>/", survey.by_link, name="alumni_link"),
    # The clearinghouse's files.
    path(FILES, clearinghouse.index, name="clearinghouse"),
    path(f"{FILES}request/", clearinghouse.ask, name="clearinghouse_request"),
    path(f"{FILES}<int:file_id>/", clearinghouse.show, name="clearinghouse_file"),
    path(
        f"{FILES}<int:file_id>/decide/",
        clearinghouse.decide,
        name="clearinghouse_decide",
    ),
    path(
        f"{FILES}<int:file_id>/take-over/",
        clearinghouse.take_over,
        name="clearinghouse_take_over",
    ),
    path(
        f"{FILES}<int:file_id>/drop/",
        clearinghouse.drop,
        name="clearinghouse_drop",
    ),
    path(
        f"{FILES}<int:file_id>/undo/",
        clearinghouse.undo,
        name="clearinghouse_undo",
    ),
]
