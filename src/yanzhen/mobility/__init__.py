"""Departures, arrivals, returns, and the decision between transfer and certificate."""
