-- Status, review and rights all ask for the enrolments of a submission: without this each of them
-- reads every enrolment there is.
CREATE INDEX enrolment_submission_id_idx ON enrolment (submission_id);
