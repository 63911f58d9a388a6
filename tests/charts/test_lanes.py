import re
from itertools import pairwise

import pandas as pd

from dashboard.charts.lanes import CHARACTER_SHARE, entries, rows, sentence, table
from tests.charts.frames import lane, look

EVENTS = pd.DataFrame([
    lane("Day", "2025-07-23", "2025-07-23", "2025-07-23", "day"),
    lane("Guess", "2025-07-01", "2025-07-31", "2025-07?", "month", "publication", None),
    lane("Interval", "2025-07-20", "2025-07-22", "2025-07-20/2025-07-22", "interval"),
    lane("Yesterday", "2024-05-08", "2024-05-08", "2024-05-08", "day", "relative", "energy"),
])  # fmt: skip
HREFS = {title: f"events?event={title}&q=a" for title in EVENTS["title"]}


def mark_of(title: str) -> str:
    (item,) = re.findall(rf'<li class="lane">(?:(?!</li>).)*>{title}</a>.*?</li>', rows(EVENTS, look(), HREFS))
    return item


def width(item: str) -> float:
    (found,) = re.findall(r'<b class="mark[^>]*width:([\d.]+)%', item)
    return float(found)


def test_each_precision_and_each_basis_has_a_mark_of_its_own() -> None:
    assert '"mark day "' in mark_of("Day")
    assert '"mark day hollow"' in mark_of("Yesterday")
    assert '"mark interval "' in mark_of("Interval")
    assert '"mark soft hatched"' in mark_of("Guess")


def test_a_month_lies_over_its_whole_month_and_an_interval_over_its_days() -> None:
    assert width(mark_of("Guess")) / width(mark_of("Interval")) > 31 / 3 - 0.1


def test_a_year_before_all_other_dates_still_has_its_length() -> None:
    events = pd.DataFrame(
        [
            lane("Year", "2023-01-01", "2023-12-31", "2023", "year"),
            lane("Day", "2025-07-23", "2025-07-23", "2025-07-23", "day"),
        ]
    )
    found = re.search(r'"mark soft " style="left:0.00%;width:([\d.]+)%', rows(events, look(), {"Year": "", "Day": ""}))
    assert found
    assert float(found[1]) > 50


def test_the_date_stands_in_words_with_its_basis() -> None:
    assert "in or before July 2025" in mark_of("Guess")
    assert 'class="tail"' in mark_of("Guess")
    assert 'class="tail"' not in mark_of("Yesterday")
    assert "no date in the text" in mark_of("Guess")
    assert "20–22 July 2025" in mark_of("Interval")
    assert "No sector" in mark_of("Guess")


def test_a_title_is_a_link_and_never_markup() -> None:
    hostile = EVENTS.iloc[:1].assign(title="<img src=x onerror=alert(1)> & Co")
    html = rows(hostile, look(), HREFS)
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; Co" in html
    assert 'href="events?event=Day&amp;q=a"' in html


def test_the_legend_explains_the_marks_that_occur_and_no_other() -> None:
    assert [entry.mark for entry in entries(EVENTS)] == [
        "day",
        "interval",
        "soft",
        "day hollow",
        "day hatched",
        "before",
        "fold",
    ]
    assert [entry.mark for entry in entries(EVENTS.iloc[:1])] == ["day"]


def test_the_sentence_and_the_table_say_the_same() -> None:
    assert sentence(EVENTS) == "For 2 of 4 dated events the text itself states the day."
    assert table(EVENTS)["date"].tolist() == ["23 July 2025", "in or before July 2025", "20–22 July 2025", "8 May 2024"]


def test_an_interval_between_months_fades_at_both_ends() -> None:
    months = pd.DataFrame([lane("Months", "2025-03-01", "2025-05-31", "2025-03/2025-05", "interval")])
    assert "fade-left fade-right" in rows(months, look(), {"Months": ""})


def test_the_names_of_many_months_do_not_lie_over_each_other() -> None:
    events = pd.DataFrame(
        [lane(str(year), f"{year}-05-08", f"{year}-05-08", f"{year}-05-08", "day") for year in range(2005, 2025)]
    )
    head = rows(events, look(), dict.fromkeys(events["title"], "#")).partition("<ol>")[0]
    starts = sorted(float(left) for left in re.findall(r'<span style="left:([\d.]+)%">', head))
    assert len(starts) >= 3
    assert min(after - before for before, after in pairwise(starts)) >= len("May 2005") * CHARACTER_SHARE
