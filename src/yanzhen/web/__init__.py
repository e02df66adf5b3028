"""The pages: each view parses, makes one domain call, renders."""
