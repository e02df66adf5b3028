"""What a page shows of a sealed value until somebody asks for it with a reason."""

from __future__ import annotations


def mask_id_number(value: str) -> str:
    """First six and last two characters: 522699********1X."""
    return f"{value[:6]}{'*' * (len(value) - 8)}{value[-2:]}" if len(value) >= 15 else "*" * len(value)


def mask_phone(value: str) -> str:
    """First three and last four digits: 199****0001; of a number of seven or eight digits the first three."""
    if len(value) < 7:
        return "*" * len(value)
    return f"{value[:3]}****{value[-4:] if len(value) > 8 else ''}"


def mask_text(value: str) -> str:
    """The first two characters of an address or account: 广东****."""
    return f"{value[:2]}****" if value else ""
