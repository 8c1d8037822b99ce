-- What officers decided on submissions, and asked about them. A decision that was taken back within
-- seconds keeps its row, with the moment.

CREATE TABLE decision (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  submission_id bigint NOT NULL REFERENCES submission,
  kind text NOT NULL CONSTRAINT decision_kind
    CHECK (kind IN ('accept', 'refuse', 'ask', 'retry')),
  -- Who: `post:12`, `officer:name` at the machine.
  actor text NOT NULL,
  -- What the submission was before, so that it can be that again.
  was_state text NOT NULL,
  was_reason text,
  decided_at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz
);
CREATE INDEX decision_submission_id_id_idx ON decision (submission_id, id);

GRANT SELECT, INSERT, UPDATE ON decision TO sapa_app;
