"""Who and what there is: organisations, users, members, devices, and later the five elements."""
