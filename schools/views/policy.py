from django.shortcuts import render

from schools.policy import RULE
from schools.policy import policy as read_policy


def policy(request):
    """Who may do what, for everybody who is signed in: it names no one."""
    return render(request, "schools/policy.html", {"rule": RULE, "roles": read_policy()})
