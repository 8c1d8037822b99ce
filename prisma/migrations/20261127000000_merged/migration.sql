-- Two registrations that turn out to be of one person become one; two that only look alike are told
-- apart once and for all. Both are decisions of an officer, and can be taken back within seconds.

ALTER TABLE submission DROP CONSTRAINT submission_state;
ALTER TABLE submission ADD CONSTRAINT submission_state
  CHECK (state IN ('waiting', 'recorded', 'parked', 'refused', 'withdrawn', 'merged'));
-- The registration that stands for this one now.
ALTER TABLE submission ADD COLUMN merged_into bigint REFERENCES submission;
ALTER TABLE submission ADD CONSTRAINT submission_merged
  CHECK (state <> 'merged' OR merged_into IS NOT NULL);
CREATE INDEX submission_merged_into ON submission (merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE decision DROP CONSTRAINT decision_kind;
ALTER TABLE decision ADD CONSTRAINT decision_kind
  CHECK (kind IN ('accept', 'refuse', 'ask', 'retry', 'merge', 'apart'));
-- The other one of two: for `merge` the one that stays.
ALTER TABLE decision ADD COLUMN other_id bigint REFERENCES submission;
-- What went over with a merge, by number, so that it can come back.
ALTER TABLE decision ADD COLUMN moved jsonb NOT NULL DEFAULT '{}';
ALTER TABLE decision ADD CONSTRAINT decision_other
  CHECK ((kind IN ('merge', 'apart')) = (other_id IS NOT NULL));
-- Two are told apart once, whoever of them was looked at.
CREATE UNIQUE INDEX decision_apart
  ON decision (least(submission_id, other_id), greatest(submission_id, other_id))
  WHERE kind = 'apart' AND undone_at IS NULL;
