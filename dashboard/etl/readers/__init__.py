"""One reader a format, each a function from the bytes of a file to its text; named as the `format` column names them."""
