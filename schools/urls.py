from django.urls import path

from schools.views import audit, closures, codes, goals, home, network, policy, rubric, terms

app_name = "schools"
urlpatterns = [
    path("school-settings/", home.index, name="index"),
    path("schools/<int:school_id>/", home.home, name="home"),
    path("schools/<int:school_id>/details/", home.details, name="details"),
    path("schools/<int:school_id>/numbers/", home.numbers, name="numbers"),
    path("schools/<int:school_id>/terms/", terms.terms, name="terms"),
    path("schools/<int:school_id>/terms/new/", terms.add, name="term_add"),
    path("schools/<int:school_id>/terms/<int:term_id>/", terms.change, name="term"),
    path("schools/<int:school_id>/terms/<int:term_id>/remove/", terms.remove, name="term_remove"),
    path("schools/<int:school_id>/terms/<int:term_id>/close/", terms.close, name="term_close"),
    path("schools/<int:school_id>/closures/", closures.closures, name="closures"),
    path("schools/<int:school_id>/closures/<int:closure_id>/", closures.change, name="closure"),
    path("schools/<int:school_id>/closures/<int:closure_id>/remove/", closures.remove, name="closure_remove"),
    path("schools/<int:school_id>/goals/", goals.goals, name="goals"),
    path("schools/<int:school_id>/goals/new/", goals.add, name="goal_add"),
    path("schools/<int:school_id>/goals/<int:goal_id>/", goals.change, name="goal"),
    path("schools/<int:school_id>/goals/<int:goal_id>/move/", goals.move, name="goal_move"),
    path("schools/<int:school_id>/goals/<int:goal_id>/retire/", goals.retire, name="goal_retire"),
    path("schools/<int:school_id>/goals/<int:goal_id>/bring-back/", goals.bring_back, name="goal_bring_back"),
    path("schools/<int:school_id>/rubric/", rubric.edit, name="rubric"),
    path("schools/<int:school_id>/codes/", codes.codes, name="codes"),
    path("schools/<int:school_id>/codes/new/", codes.add, name="code_add"),
    path("schools/<int:school_id>/codes/<int:code_id>/", codes.change, name="code"),
    path("schools/<int:school_id>/codes/<int:code_id>/retire/", codes.retire, name="code_retire"),
    path("schools/<int:school_id>/codes/<int:code_id>/bring-back/", codes.bring_back, name="code_bring_back"),
    path("schools/<int:school_id>/audit/", audit.trail, name="audit"),
    path("networks/<int:network_id>/", network.network, name="network"),
    path("networks/<int:network_id>/sharing/", network.sharing, name="network_sharing"),
    path("who-may-do-what/", policy.policy, name="policy"),
]
