"""The roster: member records, search, timeline."""
