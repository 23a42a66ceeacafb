"""Dates: found in a passage, and placed on the calendar from what stands around them."""
