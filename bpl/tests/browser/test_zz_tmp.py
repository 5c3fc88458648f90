import datetime
import exhibitions.tasks  # noqa
import notices.tasks  # noqa
import files.tasks  # noqa
from bpl.tests.cast import NOW, TODAY
from exhibitions.actions.exhibitions import begin
from exhibitions.actions.panel import say_times, reply
from exhibitions.actions.timetable import move, tell, unpin
from exhibitions.models import *
from exhibitions.slots import slots_of
from exhibitions.tests.factories import a_window, seat_of
DAY = datetime.timedelta(days=1)

def test_shots(cast, open_as, axe):
    last = cast.term.last_day
    w = a_window(cast, starts_on=last - DAY, times=["09:00", "10:00", "13:00"], rooms=["Library", "Room 4", "Aula"])
    w.school = cast.school
    ex = {n: begin(window=w, student=cast.student(n), by=cast.student(n).user, on=TODAY, now=NOW) for n in ("sam","kit","lena","omar")}
    Exhibition.objects.filter(pk=ex["sam"].pk).update(title="A bench that lasts")
    slots = slots_of(w); rooms = list(w.rooms.all())
    for n, i, r in (("sam",0,0),("lena",1,1)):
        move(exhibition=ex[n], slot=slots[i], room=rooms[r], by=cast.lead, now=NOW)
    unpin(exhibition=ex["sam"], by=cast.lead)
    tell(window=w, by=cast.lead, now=NOW)
    reply(seat=seat_of(ex["sam"], cast.rosa), answer="yes", words="", by=cast.rosa, now=NOW)
    reply(seat=seat_of(ex["sam"], cast.mo), answer="no", words="", by=cast.mo, now=NOW)
    move(exhibition=ex["kit"], slot=slots[0], room=rooms[1], by=cast.lead, now=NOW)
    move(exhibition=ex["lena"], slot=slots[4], room=rooms[2], by=cast.lead, now=NOW)
    say_times(exhibition=ex["omar"], user=cast.ben, cannot=set(slots), by=cast.ben, now=NOW)
    base = f"/schools/{cast.school.pk}/exhibitions/{w.pk}/"
    for phone in (False, True):
        p = open_as(cast.lead, base + "timetable/", phone=phone)
        k = "phone" if phone else "desk"
        p.screenshot(path=f"/tmp/scale/t_{k}.png", full_page=True); axe(p)
        p.goto(p.url + f"{ex['omar'].pk}/"); p.screenshot(path=f"/tmp/scale/p_{k}.png", full_page=True); axe(p)
        p.goto(p.url.split("timetable")[0] + "programme/"); p.screenshot(path=f"/tmp/scale/g_{k}.png", full_page=True); axe(p)
        if not phone:
            p.emulate_media(media="print"); p.screenshot(path=f"/tmp/scale/g_print.png", full_page=True); p.emulate_media(media="screen")
    p.goto(p.url.split("/1/programme")[0].rsplit("/",0)[0].replace(f"/{w.pk}/programme/","/").split("exhibitions/")[0] + "exhibitions/")
    p.screenshot(path="/tmp/scale/w_phone.png", full_page=True); axe(p)
    q = open_as(cast.coordinator, base + "timetable/")
    q.get_by_role("button", name="Propose a timetable").click()
    q.wait_for_timeout(4000)
    q.screenshot(path="/tmp/scale/after.png", full_page=True)
    print(q.url, Timetabling.objects.values())
