-- Village officials and others with a post: how they come in, and what they may do where.

CREATE TABLE post (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_id bigint NOT NULL REFERENCES address,
  role text NOT NULL CONSTRAINT post_role CHECK (role IN ('village-head', 'village-operator',
    'bumdes-agent', 'coordinator', 'branch-officer', 'branch-head')),
  -- Code of a village, district or regency; several regencies with blanks between.
  area text NOT NULL,
  name bytea NOT NULL,
  pin_salt bytea NOT NULL,
  pin_hash bytea NOT NULL,
  wrong_pins smallint NOT NULL DEFAULT 0,
  unlocked_until timestamptz,
  granted_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  revoked_by text
);
-- One post for each address, one head for each village: a new one ends the one before.
CREATE UNIQUE INDEX post_of_address ON post (address_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX post_of_head ON post (area) WHERE role = 'village-head' AND revoked_at IS NULL;
CREATE INDEX post_area_idx ON post (area);

CREATE TABLE invite (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Keyed: the code itself is nowhere.
  code_index bytea NOT NULL,
  role text NOT NULL CONSTRAINT invite_role CHECK (role IN ('village-head', 'village-operator',
    'bumdes-agent', 'coordinator', 'branch-officer', 'branch-head')),
  area text NOT NULL,
  name bytea NOT NULL,
  made_by text NOT NULL,
  -- An invite dies with the post of whoever made it.
  made_by_post bigint REFERENCES post,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  redeemed_at timestamptz,
  redeemed_by bigint REFERENCES address,
  revoked_at timestamptz
);
CREATE UNIQUE INDEX invite_code_index_key ON invite (code_index);
CREATE INDEX invite_area_idx ON invite (area);

CREATE TABLE invite_try (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_id bigint NOT NULL REFERENCES address,
  code_index bytea NOT NULL,
  is_good boolean NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX invite_try_address_id_at_idx ON invite_try (address_id, at);
CREATE INDEX invite_try_code_index_idx ON invite_try (code_index);
CREATE INDEX invite_try_failed ON invite_try (at) WHERE NOT is_good;

-- What a village has set up for a group. Only ever added to: the newest row of a group holds.
CREATE TABLE village_cohort (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  village_code text NOT NULL REFERENCES village,
  cohort text NOT NULL CONSTRAINT village_cohort_cohort CHECK (cohort IN ('kepala-desa',
    'perangkat-desa', 'bpd', 'rt-rw', 'lkd', 'kader', 'rentan')),
  posts int NOT NULL CONSTRAINT village_cohort_posts CHECK (posts >= 0),
  -- The village's own choice; all of it missing where it follows its regency.
  segment text CONSTRAINT village_cohort_segment CHECK (segment IN ('PU', 'BPU')),
  base text,
  base_rupiah numeric(14, 2),
  programmes text,
  fund text NOT NULL,
  set_by bigint NOT NULL REFERENCES post,
  set_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX village_cohort_village_code_cohort_id_idx ON village_cohort (village_code, cohort, id);

-- Who holds which post of a group. Whoever leaves or moves keeps the row, with the day and reason.
CREATE TABLE staff (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  village_code text NOT NULL REFERENCES village,
  cohort text NOT NULL,
  position text NOT NULL,
  submission_id bigint NOT NULL REFERENCES submission,
  from_on date NOT NULL,
  until_on date,
  end_reason text,
  -- What the person said of it in their own chat.
  agreed_at timestamptz,
  objected_at timestamptz,
  set_by bigint NOT NULL REFERENCES post,
  set_at timestamptz NOT NULL DEFAULT now(),
  ended_by bigint REFERENCES post
);
CREATE INDEX staff_village_code_idx ON staff (village_code);
CREATE UNIQUE INDEX staff_present ON staff (submission_id) WHERE until_on IS NULL;

-- Wage earners may have a pension too.
ALTER TABLE enrolment DROP CONSTRAINT enrolment_programme;
ALTER TABLE enrolment ADD CONSTRAINT enrolment_programme
  CHECK (programme IN ('JKK', 'JKM', 'JHT', 'JP'));

GRANT SELECT, INSERT ON village_cohort TO sapa_app;
GRANT SELECT, INSERT, UPDATE ON staff TO sapa_app;
GRANT SELECT, INSERT, UPDATE ON post, invite TO sapa_app;
GRANT SELECT, INSERT, DELETE ON invite_try TO sapa_app;
