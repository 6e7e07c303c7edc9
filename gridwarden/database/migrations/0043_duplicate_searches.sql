-- When records of an element (a table's name) were last looked through for such as seem to be one. NULL: it is due, since
-- a file of them was imported.

CREATE TABLE duplicate_searches (
    element text PRIMARY KEY,
    searched_at timestamptz
);
