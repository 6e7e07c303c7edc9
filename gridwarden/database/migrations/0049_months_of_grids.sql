-- Every organisation has sums of months of all kinds together (insight/statistics/model.py): they are made again.
DELETE FROM statistics_sums WHERE monthly;
UPDATE statistics_months SET summed = false;

-- One kind in many places; how many live here.
CREATE INDEX incidents_place_kind ON incidents (place_organisation, kind, reported_at DESC);
CREATE INDEX people_present ON people (organisation) WHERE ended_at IS NULL;
CREATE INDEX households_present ON households (organisation) WHERE ended_at IS NULL;
CREATE INDEX houses_present ON houses (organisation) WHERE ended_at IS NULL;
