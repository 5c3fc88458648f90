from django.shortcuts import render

from dashboards.homes import parts_for


def home(request):
    """What is next, for every hat that the signed-in person wears."""
    return render(request, "dashboards/home.html", {"parts": parts_for(request)})
