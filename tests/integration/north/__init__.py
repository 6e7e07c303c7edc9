"""The north: a district with one of everything, to look at from another."""
