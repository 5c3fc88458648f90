"""Rows of a related table as one JSON column, so that a page with a strict query budget reads them with their owner.

    Plan.objects.annotate(goals=json_rows(OwnGoal.objects.filter(plan=OuterRef("pk")), "plan", id="id", words="words"))

The column is a list of dicts in no order, or None where there are no rows.
"""

from django.db.models import Aggregate, JSONField, Subquery
from django.db.models.functions import JSONObject


class _JsonRows(Aggregate):
    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def json_rows(rows, owner: str, **columns) -> Subquery:
    """`rows` is a queryset filtered to one `owner` by OuterRef; `columns` are what each dict holds."""
    return Subquery(rows.order_by().values(owner).annotate(json=_JsonRows(JSONObject(**columns))).values("json"))
