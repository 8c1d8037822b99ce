-- Who of a village's groups is registered or refused, counted without opening one row.
CREATE INDEX staff_present_group ON staff (village_code, cohort, submission_id)
  WHERE until_on IS NULL;
CREATE INDEX submission_dropped ON submission (id) WHERE state IN ('refused', 'withdrawn');
CREATE INDEX enrolment_registered ON enrolment (submission_id) WHERE state = 'registered';
