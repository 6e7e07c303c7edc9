"""The program: command line, settings, roles, database, web application and the one composition root."""
