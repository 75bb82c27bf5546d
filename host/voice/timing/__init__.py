"""When what is said sounds: phones and words in time, from an engine or from its sound."""
