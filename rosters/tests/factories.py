from bpl.tests.cast import NOW, TODAY
from rosters.actions import apply, imports
from rosters.models import Import
from rosters.preview.sheet import Preview, Sheet


def pasted(cast, text, *, by=None, kind=Import.Kind.STUDENTS, day=TODAY, school=None, **usual) -> Import:
    """A table that somebody of Riverside (the lead) pasted, not yet confirmed."""
    return imports.keep(
        school=school or cast.school, kind=kind, text=text, usual=usual, day=day, by=by or cast.lead, now=NOW
    )


def preview(imported: Import, by) -> Preview:
    return Sheet(Import.objects.select_related("school").get(pk=imported.pk)).preview(by)


def verdicts(imported: Import, by) -> dict[int, str]:
    return {row.number: str(row.outcome.verdict) for row in preview(imported, by).rows}


def says(imported: Import, by, number=2) -> list[str]:
    row = next(row for row in preview(imported, by).rows if row.number == number)
    return [step.words for step in row.outcome.steps]


def remarks(imported: Import, by, number=2) -> dict[str, str]:
    row = next(row for row in preview(imported, by).rows if row.number == number)
    return {remark.key: remark.words for remark in row.outcome.facts.remarks}


def brought_in(imported: Import, by) -> Import:
    """Confirmed as the preview shows it, and done."""
    imports.confirm(imported=imported, seen=preview(imported, by).digest, by=by, now=NOW)
    apply.apply(imported_id=imported.pk, now=NOW)
    return Import.objects.get(pk=imported.pk)
