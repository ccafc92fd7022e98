"""Scores what comes by a queue."""
