from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect

from plans.actions.hold import PlanError
from plans.news import address


def attempt(request, plan, act: Callable, said: str = "", anchor: str = ""):
    """For a button without a form: do it, say so or say why not, and go back to the plan."""
    try:
        act()
    except PlanError as error:
        messages.error(request, str(error))
    else:
        if said:
            messages.success(request, said)
    return redirect(address(plan, anchor))
