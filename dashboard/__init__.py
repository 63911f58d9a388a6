"""Corridor: documents about science-and-technology cooperation go in, events with proof come out.

The layers, from the top; a module imports only from its own layer and those below it:

- `app.py`, `app_pages/`: what the analyst sees. The only code that imports Streamlit.
- `charts/`: figures built from small frames.
- `exports/`: files built from the same frames.
- `queries/`: the only code that reads the published tables.
- `etl/`: documents to tables, one file a step; knows nothing of queries, charts or pages.
- `schema.py`, `codebook.py`, `edtf.py`, `reference.py`, `settings.py`, `errors.py`: what all of them share.

One question has one name: `queries/timeline.py`, `charts/timeline.py`, `app_pages/timeline.py` and their tests.
"""

__version__ = "0.1.0"
