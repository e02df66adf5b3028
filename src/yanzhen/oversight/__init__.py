"""情况: figures for a unit and everything below it, each with the list behind it."""
