-- Residents whom an agent registered, by person: found from the chat in which the person agreed.
CREATE INDEX submission_of_resident ON submission (person_id) WHERE command = 'enrol-resident';
