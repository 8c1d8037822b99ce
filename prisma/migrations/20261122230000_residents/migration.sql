-- Residents whom an agent of the village's BUMDes registers, each with what they said of it.
CREATE TABLE resident (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  village_code text NOT NULL REFERENCES village,
  submission_id bigint NOT NULL REFERENCES submission,
  -- What the person said of it in their own chat.
  agreed_at timestamptz,
  objected_at timestamptz,
  set_by bigint NOT NULL REFERENCES post,
  set_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX resident_submission_id_key ON resident (submission_id);
CREATE INDEX resident_village_code_idx ON resident (village_code);

GRANT SELECT, INSERT, UPDATE ON resident TO sapa_app;
