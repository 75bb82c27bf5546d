"""What follows from facts: sums, differences, orders under an offer, changes of unit, spans of time. Pure."""
