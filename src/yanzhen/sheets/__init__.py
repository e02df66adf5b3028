"""Excel in and out: rosters recognized, checked against the base, imported, taken back; lists exported."""
