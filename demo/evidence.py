"""What the demo's students have to show, and the exhibitions that they prepare: drawings of what they measured, words,
links; some still drafts, some exhibitions not begun."""

import datetime
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from coedit.actions import write
from demo.schools import DemoSchool
from exhibitions.actions.evidence import add, take_file, tell
from exhibitions.actions.exhibitions import begin, name_it, open_window, put_in
from files.looking import look_at
from internships.models import Placement

WORDS = [
    (
        "What I asked, and what I heard",
        "Eleven people answered. Seven said that nobody had shown them where things are; four said that they still ask "
        "the same person. I drew who asks whom.",
    ),
    (
        "The day it went wrong",
        "I cut the second board from the wrong end. I wrote down the three moments when I could have noticed, and I "
        "check two of them now before I cut.",
    ),
    (
        "A letter that was answered",
        "I wrote to the city about the crossing by the school. They answered after nine days, and they will count the "
        "cars.",
    ),
]
LINKS = [
    ("Our film about the harbor", "https://example.org/films/harbor"),
    ("The page that I wrote for the library", "https://example.org/library/guide"),
]
CHARTS = [
    (
        "What is in the container", "Kilograms a week",
        [("wood", 41), ("card", 28), ("metal", 12), ("film", 9), ("rest", 17)],
    ),
    (
        "Who asks whom for help", "Questions in one day",
        [("front desk", 14), ("mentor", 22), ("workshop", 9), ("nobody", 3)],
    ),
    ("How long a job really takes", "Minutes", [("brakes", 46), ("gears", 31), ("wheel", 58), ("chain", 12)]),
]  # fmt: skip
EXHIBITIONS = [
    (
        "Nobody should have to ask twice",
        "First the map of who asks whom, and how I made it.\n\nThen the guide, and a newcomer who tries it before "
        "you.\n\nAt the end: what I would do differently, and what I want to learn next term.",
    ),
    (
        "What we throw away",
        "I begin with the container, and let you guess.\n\nThen the numbers and how sure I am of them.\n\nThen what "
        "changed at the workshop, and what did not.",
    ),
    (
        "A letter that was answered",
        "The crossing, in a film of two minutes.\n\nThe letter, draft by draft.\n\nWhat the city says, and what I "
        "think of it.",
    ),
]
ROOMS = ["Library", "Room 4", "The workshop"]
DRAWN = 9
INK, PAPER, BAR = "#15272b", "#f7f6f1", "#0c5c4f"


def show(made: DemoSchool) -> None:
    """Each third student has words, each third a link; the first few have a drawing and a draft."""
    now, goals = timezone.now(), list(made.school.goals.all())
    placements = {one.student_id: one for one in Placement.objects.filter(school=made.school).begun()}
    for number, student in enumerate(made.students):
        tags = {"goals": goals[number % 3 : number % 3 + 2], "placement": placements.get(student.pk)}
        facts = {"student": student, "by": student.user, "role": "student"}
        day = made.today - datetime.timedelta(days=number % 40 + 2)
        if number % 3 == 0:
            title, words = WORDS[number // 3 % len(WORDS)]
            add(kind="words", title=title, words=words, now=now, happened_on=day, **facts, **tags)
        elif number % 3 == 1:
            title, url = LINKS[number // 3 % len(LINKS)]
            add(kind="link", title=title, url=url, now=now, happened_on=day, **facts, **tags)
        if number < DRAWN:
            _drawing(number, facts, tags, day, now)


def prepare(made: DemoSchool) -> None:
    """A window at the end of the term; two students in three have begun, one in three has chosen and written."""
    now, term = timezone.now(), made.current_term
    # Monday to Friday, ten days or more before the term ends.
    last = term.last_day - datetime.timedelta(days=10)
    last -= datetime.timedelta(days=(last.weekday() - 4) % 7)
    window = open_window(
        school=made.school, term=term, name=f"Exhibitions, {term.name}",
        starts_on=last - datetime.timedelta(days=4), last_on=last, slot_minutes=45, rooms=ROOMS, by=made.lead, now=now,
    )  # fmt: skip
    for number, student in enumerate(made.students):
        if number % 3 == 2:
            continue
        exhibition = begin(window=window, student=student, by=student.user, on=min(made.today, last), now=now)
        if number % 3:
            continue
        title, outline = EXHIBITIONS[number // 3 % len(EXHIBITIONS)]
        name_it(exhibition=exhibition, title=title, by=student.user)
        write(text=exhibition.outline, markdown=outline, base_id=0, by=student.user, now=now)
        for evidence in student.evidence.kept().filter(ready_at__isnull=False):
            put_in(exhibition=exhibition, evidence=evidence, by=student.user)


def _drawing(number, facts, tags, day, now):
    title, unit, bars = CHARTS[number % len(CHARTS)]
    file = SimpleUploadedFile(f"{title}.png", chart(title, unit, bars))
    evidence = take_file(file=file, now=now, **facts)
    look_at(upload_id=evidence.upload_id, now=now)
    if number % 4 == 3:
        return
    words = "Measured on four Tuesdays, always at the same hour. The error is about a tenth."
    tell(
        evidence=evidence, title=title, words=words, ready=True, version=evidence.version, by=facts["by"], now=now,
        happened_on=day, **tags,
    )  # fmt: skip


def chart(title: str, unit: str, bars: list[tuple[str, int]]) -> bytes:
    """Bars with their words, as somebody would photograph them from a notebook."""
    image = Image.new("RGB", (960, 640), PAPER)
    pen, large, small = ImageDraw.Draw(image), ImageFont.load_default(34), ImageFont.load_default(24)
    pen.text((48, 36), title, INK, large)
    pen.text((48, 84), unit, INK, small)
    most, width = max(value for _name, value in bars), 800 // len(bars)
    for place, (name, value) in enumerate(bars):
        left, top = 80 + place * width, 560 - round(400 * value / most)
        pen.rectangle((left, top, left + width - 40, 560), BAR)
        pen.text((left, top - 34), str(value), INK, small)
        pen.text((left, 572), name, INK, small)
    pen.line((64, 560, 900, 560), INK, 3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
