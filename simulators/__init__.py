"""A synthetic city and its fleet. Knows the wire and the public API only; imports no server code."""
