-- What the workplace counts and looks up, found without reading every row.

-- Each person who is registered has this programme, once: a row of it is a person.
CREATE INDEX enrolment_people ON enrolment (village_code, registered_at, state, submission_id)
  WHERE programme = 'JKK' AND registered_at IS NOT NULL;
-- All that one person sent.
CREATE INDEX submission_person_id_idx ON submission (person_id);
