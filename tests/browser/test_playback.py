"""Playback by keys alone, in a real browser."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_playback_steps_through_the_months_with_events_by_keys(visit: Visit) -> None:
    page = visit.open("timeline?closer=playback")
    slider, title = page.locator(".playback input"), page.locator(".playback-title")
    slider.focus()
    slider.press("Home")
    expect(title).to_have_text("May 2024: 2 new, 2 so far")
    slider.press("ArrowRight")
    expect(title).to_have_text("July 2025: 9 new, 11 so far, after 13 months without any")
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    expect(title).to_contain_text("12 so far")
