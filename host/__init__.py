"""livehost: a digital-human live-stream host engine."""
