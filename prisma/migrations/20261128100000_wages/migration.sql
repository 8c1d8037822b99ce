-- On which wage a wage earner's later months are charged; earlier ones stay as they were drawn up.

CREATE TABLE wage_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  submission_id bigint NOT NULL REFERENCES submission,
  -- The first contribution month that is charged on it.
  from_month date NOT NULL CONSTRAINT wage_change_month CHECK (extract(day FROM from_month) = 1),
  base_rupiah int NOT NULL CONSTRAINT wage_change_base CHECK (base_rupiah > 0),
  -- The month from which it should have been, where some were drawn up on another wage before.
  meant_from date NOT NULL CONSTRAINT wage_change_meant CHECK (meant_from <= from_month),
  -- What those months would have cost more (or less); missing where a price is not known.
  difference_rupiah int,
  -- Who: `program` follows the village's groups and the rules, `officer:name` and `post:12` said so.
  actor text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  -- An officer has seen to the difference.
  seen_at timestamptz
);
CREATE INDEX wage_change_submission_id_idx ON wage_change (submission_id);
CREATE INDEX wage_change_open ON wage_change (submission_id)
  WHERE meant_from < from_month AND seen_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON wage_change TO sapa_app;
