-- Lists of people that go out to be registered, and the answers that come back.

-- One list. Who it is about stands in its rows; the file itself is not kept.
CREATE TABLE export (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CONSTRAINT export_kind CHECK (kind IN ('sipp', 'bpu')),
  -- Layout of flows/layouts, with the fingerprint of what it said.
  layout text NOT NULL,
  layout_version text NOT NULL,
  -- Codes of regencies, districts or villages with blanks between; empty for all.
  area text NOT NULL,
  -- The export whose rows this one has again.
  repeats bigint REFERENCES export,
  reason text NOT NULL CONSTRAINT export_reason CHECK (length(btrim(reason)) >= 5),
  state text NOT NULL CONSTRAINT export_state
    CHECK (state IN ('asked', 'approved', 'written', 'cancelled')),
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  -- Missing while nobody has, and on lists so short that nobody has to.
  approved_by text CONSTRAINT export_second_person CHECK (approved_by <> asked_by),
  approved_at timestamptz,
  written_at timestamptz
);

CREATE TABLE export_row (
  export_id bigint NOT NULL REFERENCES export,
  number int NOT NULL,
  submission_id bigint NOT NULL REFERENCES submission,
  -- No other list takes the submission: false on lists that repeat, and once one is cancelled.
  holds boolean NOT NULL,
  PRIMARY KEY (export_id, number)
);
-- Nobody stands on two lists unnoticed.
CREATE UNIQUE INDEX export_row_holds ON export_row (submission_id) WHERE holds;
CREATE INDEX export_row_submission_id_idx ON export_row (submission_id);

-- A file with answers; the same content is the same one.
CREATE TABLE answer_import (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  content_hash bytea NOT NULL,
  -- `csv` or `xlsx`.
  layout text NOT NULL,
  actor text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz
);
CREATE UNIQUE INDEX answer_import_content_hash_key ON answer_import (content_hash);

CREATE TABLE answer_row (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id bigint NOT NULL REFERENCES answer_import,
  line int NOT NULL,
  -- The row as it was read, sealed.
  said bytea NOT NULL,
  -- What became of it and why, as flows/members.yaml calls them.
  verdict text NOT NULL CONSTRAINT answer_row_verdict CHECK (verdict IN
    ('registered', 'refused', 'already', 'waiting', 'contradicts', 'unknown', 'unreadable')),
  reason text NOT NULL,
  submission_id bigint REFERENCES submission,
  -- An officer has seen to it.
  seen_at timestamptz
);
CREATE UNIQUE INDEX answer_row_import_id_line_key ON answer_row (import_id, line);
CREATE INDEX answer_row_open ON answer_row (id) WHERE seen_at IS NULL
  AND (verdict IN ('contradicts', 'unknown', 'unreadable') OR reason = 'refused-unclear');

GRANT SELECT, INSERT, UPDATE ON export, export_row, answer_import, answer_row TO sapa_app;
