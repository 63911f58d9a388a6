"""Questions to the published tables: every answer is a small frame, selected by one `EventFilter`."""
