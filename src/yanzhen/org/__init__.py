"""Units and the tree they form."""
