"""Runs a model on a GPU, behind a queue that is bounded."""
