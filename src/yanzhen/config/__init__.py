"""Composition root: settings, URLs, and the explicit list of what every room declares."""
