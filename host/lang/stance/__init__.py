"""What a sentence means by what it says: whether it states, denies, supposes, asks or reports each thing in it."""
