"""What happened on air, for people: a journal folded into a report. Rehearsals and live shows are reviewed alike."""
