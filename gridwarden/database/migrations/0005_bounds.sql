-- The box about each territory, so that lists can be asked by place: west, south, east, north in degrees.
ALTER TABLE organisations ADD COLUMN bounds double precision[] CHECK (array_length(bounds, 1) = 4);
