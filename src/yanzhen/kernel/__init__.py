"""What every room may lean on: actors, dates, errors, registries. Pure Python, no Django."""
