"""Voices: one file for each engine that a room file can name."""
