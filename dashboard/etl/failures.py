"""Where a table does not satisfy its schema, in pandera's words; loaded only when one does not."""

from collections.abc import Iterator

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from dashboard.schema import Column, Table


def failures(schema: Table, table: pd.DataFrame) -> list[str]:
    """A sentence for each value that breaks a statement of the schema; none if all hold."""
    try:
        in_pandera(schema).validate(table, lazy=True)
    except SchemaErrors as error:
        return [
            f"{schema.name}.{case.column or case.schema_context}, row {case.index}: {case.failure_case!r}; expected {case.check}"
            for case in error.failure_cases.itertuples()
        ]
    return []


def in_pandera(schema: Table) -> pa.DataFrameSchema:
    """The schema in pandera's form."""
    columns = {
        name: pa.Column(column.kind, list(_statements(column)), nullable=column.nullable, unique=column.unique)
        for name, column in schema.columns.items()
    }
    return pa.DataFrameSchema(columns, name=schema.name, unique=list(schema.key), strict=True, ordered=True)


def _statements(column: Column) -> Iterator[pa.Check]:
    if column.one_of is not None:
        yield pa.Check.isin(column.one_of)
    if column.shortest is not None:
        yield pa.Check.str_length(min_value=column.shortest)
    if column.least is not None and column.most is not None:
        yield pa.Check.in_range(column.least, column.most)
    elif column.least is not None:
        yield pa.Check.ge(column.least)
    elif column.most is not None:
        yield pa.Check.le(column.most)
