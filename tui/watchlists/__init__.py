"""The user's lists and their file."""
