"""Documents to tables, in the order of the data: read, clean, find (one kind of value a module), assemble, decide, normalise, publish."""
