"""What the commands share, and groups of commands, each in a file of its own."""
