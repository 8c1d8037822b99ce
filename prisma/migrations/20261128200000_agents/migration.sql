-- Who registered residents, found among all who ever submitted something: they are told what is due
-- for those who have no chat of their own.
CREATE INDEX submission_by_agent ON submission (address_id) WHERE command = 'enrol-resident';
