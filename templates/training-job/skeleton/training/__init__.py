"""Trains a model, in steps that can be taken up again."""
