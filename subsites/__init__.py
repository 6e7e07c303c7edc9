"""The three sub-sites on one data base: social management, public service, party building."""
