from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.actions.closing import close_account, reopen_account
from accounts.actions.links import LinkError
from accounts.letters import letter_for
from accounts.links import JOIN
from accounts.models import Link
from accounts.senders import sender_of
from audit.actions import record_read
from common.pdf import pdf
from rosters.access import Reach, load_person
from rosters.actions.invitations import invite_many, new_code, withdraw
from rosters.forms.people import InviteeFilter
from rosters.invited import described, open_letters, people
from schools.access import for_school
from schools.roles import Permission

A_PAGE = 50
MOST_AT_ONCE = 500


@for_school(Permission.SCHOOL_PEOPLE)
def invitations(request, school):
    """Who does not sign in yet, and how far their invitation is; chosen people are invited by e-mail or letter."""
    reach, now = Reach(request.user, school, school.today()), timezone.now()
    form = InviteeFilter(request.GET, reach=reach)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = people(reach, now, **wanted)
    if request.method == "POST":
        return _invite(request, reach, found, now)
    page = Paginator(found.order_by("search_name", "id"), A_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "school": school, "form": form, "page": page, "invitees": described(list(page.object_list), reach, now),
        "is_narrowed": any(wanted.values()), "query": f"&{kept.urlencode()}" if kept else "",
    }  # fmt: skip
    return render(request, "rosters/invitations.html", context)


def _invite(request, reach, found, now):
    """Those who were ticked, or all who fit what the list is narrowed to."""
    way = Link.Way.LETTER if request.POST.get("way") == Link.Way.LETTER else Link.Way.EMAIL
    if "all" not in request.POST:
        found = reach.people().filter(pk__in=_ids(request.POST.getlist("who")))
    invited = invite_many(
        people=found.order_by("search_name")[:MOST_AT_ONCE], way=way, by=request.user, school=reach.school, now=now
    )
    for sentence in invited.refused[:10]:
        messages.warning(request, sentence)
    if not invited.people:
        messages.info(request, _("Nobody was invited. Tick the people first."))
        return redirect(request.get_full_path())
    if way == Link.Way.LETTER:
        return _to_letters(reach.school, invited.people)
    count = len(invited.people)
    said = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count)
    messages.success(request, said % {"count": count})
    return redirect(request.get_full_path())


def _to_letters(school, users):
    ids = ",".join(str(user.pk) for user in users)
    return redirect(f"{reverse('rosters:letters', args=[school.pk])}?people={ids}")


def _ids(texts) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 12][:MOST_AT_ONCE]


@for_school(Permission.SCHOOL_PEOPLE)
def letters(request, school):
    """The letters of these people, one on a page, to be printed."""
    context = {"school": school, "letters": _letters(request, school), "ids": request.GET.get("people", "")}
    return render(request, "rosters/letters.html", context)


@for_school(Permission.SCHOOL_PEOPLE)
def letters_pdf(request, school):
    page = render_to_string("rosters/letters_pdf.html", {"letters": _letters(request, school)}, request=request)
    headers = {"Content-Disposition": 'inline; filename="letters.pdf"'}
    return HttpResponse(pdf(page), content_type="application/pdf", headers=headers)


def _letters(request, school):
    reach = Reach(request.user, school, school.today())
    links = open_letters(reach, _ids(request.GET.get("people", "").split(",")), timezone.now())
    sender = sender_of(school.pk)
    for link in links:
        # A code lets whoever reads it in.
        record_read("rosters.letter.read", by=request.user, subject=link, school_id=school.pk, user=link.user_id)
    return [letter_for(link, sender) for link in links]


@for_school(Permission.SCHOOL_PEOPLE)
def person(request, school, user_id):
    """One person's sign-in: invitations so far, and what can be done about it."""
    reach, now = Reach(request.user, school, school.today()), timezone.now()
    user = load_person(reach, user_id)
    links = user.links.filter(purpose=JOIN).select_related("created_by")[:20]
    context = {
        "school": school, "person": user, "invitee": described([user], reach, now)[0],
        "links": [(link, link.ending(now)) for link in links], "may_close": Permission.SCHOOL_STAFF in request.can,
        "may_print": not reach.keys_beyond([user]), "is_elsewhere": reach.is_elsewhere(user),
    }  # fmt: skip
    return render(request, "rosters/person.html", context)


@require_POST
@for_school(Permission.SCHOOL_PEOPLE)
def act(request, school, user_id):
    """Invite by e-mail, print a letter, or withdraw what is open."""
    reach, now = Reach(request.user, school, school.today()), timezone.now()
    user, do = load_person(reach, user_id), request.POST.get("do")
    try:
        if do == "letter":
            new_code(user=user, by=request.user, school=school, now=now)
            return _to_letters(school, [user])
        if do == "withdraw":
            withdraw(user=user, by=request.user, now=now)
            messages.success(request, _("The invitation is withdrawn."))
        else:
            _send(request, user, school, now)
    except LinkError as error:
        messages.error(request, str(error))
    return redirect("rosters:person", school.pk, user.pk)


def _send(request, user, school, now):
    invited = invite_many(people=[user], way=Link.Way.EMAIL, by=request.user, school=school, now=now)
    for sentence in invited.refused:
        messages.warning(request, sentence)
    if invited.people:
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": user.email})


@require_POST
@for_school(Permission.SCHOOL_PEOPLE)
def account(request, school, user_id):
    """Close an account, or open it again. What the person wrote stays either way."""
    if Permission.SCHOOL_STAFF not in request.can:
        raise PermissionDenied
    reach = Reach(request.user, school, school.today())
    user = load_person(reach, user_id)
    if user == request.user:
        messages.error(request, _("Nobody closes the own account."))
    elif request.POST.get("do") == "reopen":
        reopen_account(user=user, by=request.user, school_id=school.pk)
        messages.success(request, _("The account is open again."))
    elif reach.is_elsewhere(user):
        words = _("%(name)s belongs to another school too. End what ties them to yours; their account stays.")
        messages.error(request, words % {"name": user.name})
    else:
        close_account(user=user, by=request.user, now=timezone.now(), school_id=school.pk)
        messages.success(request, _("The account is closed. What %(name)s wrote stays.") % {"name": user.name})
    return redirect("rosters:person", school.pk, user.pk)
