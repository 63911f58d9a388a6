"""Files made of the selected rows: what is on the screen is what is in the file."""
