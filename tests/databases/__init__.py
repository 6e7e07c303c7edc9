"""The databases that tests run against: the embedded PostgreSQL, and two TimescaleDB servers of different editions."""
