"""The command line: each command parses, makes one domain call, prints."""
