"""What bars are stacked by: the names and colours of sectors, types or countries, and which of many are drawn."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dashboard.charts.theme import Theme

MOST_GROUPS = 7
"""Groups that a reader tells apart in one bar; the others are drawn as one."""

OTHERS = "others"
"""The code of the groups that are drawn as one; a mark of it narrows nothing, since no filter says "any of the others"."""


def coloured(counts: pd.DataFrame, names: Mapping[str, str], look: Theme, *, unnamed: str) -> Theme:
    """The theme with the largest groups in place of the sectors.

    Rules: the groups take the first colours of the palette in the order of `names`, so that a colour stands for one group as
    long as the same groups are the largest; the legend names each.
    """
    totals = counts.dropna(subset="group_code").groupby("group_code")["event_count"].sum()
    largest = set(totals.nlargest(MOST_GROUPS).index)
    codes = [code for code in names if code in largest]
    labels = {code: names[code] for code in codes} | {OTHERS: "Others"}
    colors = dict(zip(codes, look.colors.values(), strict=False)) | {OTHERS: look.blank}
    return replace(look, labels=labels, colors=colors, unnamed=unnamed)


def folded(counts: pd.DataFrame, look: Theme) -> pd.DataFrame:
    """The counts with the groups that have no colour of their own added up as one."""
    is_small = counts["group_code"].notna() & ~counts["group_code"].isin(list(look.labels))
    renamed = counts.assign(group_code=counts["group_code"].mask(is_small, OTHERS))
    keys = ["period_start", "group_code", "is_stand_in"]
    return renamed.groupby(keys, dropna=False, as_index=False)[["event_count", "whole_count"]].sum()
