"""Scripts that measure; what they printed is written down in the README beside them."""
