"""Views by subject: parse, one domain call, render."""
