"""Engines that run in a process of their own: who keeps them, and what runs there."""
