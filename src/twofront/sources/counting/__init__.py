"""Quantities: a number of something, with its unit."""
