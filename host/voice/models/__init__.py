"""Models that engines speak with: which there are, where one is found, and how one is installed."""
