"""The pages. Each module has one function `page()`, which reads from the top to the bottom."""
