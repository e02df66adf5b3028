"""The one error that the tools show as a sentence."""


class ToolError(Exception):
    """Something the person at the keyboard can put right; the message says what and how."""
