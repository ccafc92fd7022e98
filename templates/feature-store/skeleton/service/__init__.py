"""Keeps the latest features of each entity, and answers quickly."""
