-- What files said of somebody is found when it is to be erased.
CREATE INDEX answer_row_of_submission ON answer_row (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX payment_row_of_submission ON payment_row (submission_id) WHERE submission_id IS NOT NULL;
