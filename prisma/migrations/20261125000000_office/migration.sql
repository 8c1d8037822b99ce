-- The workplace in the browser: links that sign in once, and the devices that are signed in.

CREATE TABLE office_link (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  post_id bigint NOT NULL REFERENCES post,
  made_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX office_link_post_id_idx ON office_link (post_id);

CREATE TABLE office_session (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  post_id bigint NOT NULL REFERENCES post,
  -- SHA-256 of what the browser holds: a dump signs nobody in.
  token_hash bytea NOT NULL,
  -- The browser as it calls itself, e.g. `Firefox, Windows`.
  device text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  -- When the PIN was typed last on this device.
  pin_at timestamptz,
  ended_at timestamptz,
  ended_by text
);
CREATE UNIQUE INDEX office_session_token_hash_key ON office_session (token_hash);
CREATE INDEX office_session_post_id_idx ON office_session (post_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON office_link, office_session TO sapa_app;

-- Where a submission belongs, so that officers of other regencies never see it. Missing where its
-- village is not in the official list: then every officer of the branch may look at it.
ALTER TABLE submission ADD COLUMN village_code text REFERENCES village;
UPDATE submission s SET village_code = coalesce(
  (SELECT t.village_code FROM staff t WHERE t.submission_id = s.id ORDER BY t.id DESC LIMIT 1),
  (SELECT r.village_code FROM resident r WHERE r.submission_id = s.id),
  (SELECT e.village_code FROM enrolment e WHERE e.submission_id = s.id LIMIT 1));
CREATE INDEX submission_village_code_idx ON submission (village_code);
-- What waits for an officer is little beside what was decided.
CREATE INDEX submission_parked ON submission (id) WHERE state = 'parked';
CREATE INDEX enrolment_submitted ON enrolment (submission_id) WHERE state = 'submitted';
