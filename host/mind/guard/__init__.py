"""The guard, and all it asks: may this be said, with the facts in force?"""
