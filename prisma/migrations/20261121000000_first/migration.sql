-- Everything the first version keeps. Columns that hold something about a person are bytea: sealed
-- before they get here (src/registry/seal.ts), the key is not in the database.

-- The program works as a role that may less than the owner of these tables.
DO $$
BEGIN
  CREATE ROLE sapa_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;
GRANT sapa_app TO CURRENT_USER;

-- The official list of regions ---------------------------------------------------------------

CREATE TABLE province (
  code text PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE regency (
  code text PRIMARY KEY,
  province_code text NOT NULL REFERENCES province,
  name text NOT NULL
);

CREATE TABLE district (
  code text PRIMARY KEY,
  regency_code text NOT NULL REFERENCES regency,
  name text NOT NULL
);

CREATE TABLE village (
  code text PRIMARY KEY,
  district_code text NOT NULL REFERENCES district,
  name text NOT NULL,
  kind text NOT NULL CONSTRAINT village_kind CHECK (kind IN ('desa', 'kelurahan'))
);

CREATE TABLE village_list (
  version text PRIMARY KEY,
  loaded_at timestamptz NOT NULL DEFAULT now()
);

-- Persons ------------------------------------------------------------------------------------

CREATE TABLE person (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Keyed, so that two can be seen to be the same without either being readable.
  nik_index bytea,
  nik bytea,
  name bytea,
  birth_place bytea,
  birth_on bytea,
  sex bytea,
  mother_name bytea,
  phone bytea,
  address_line bytea,
  erased_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX person_nik_index_key ON person (nik_index);

-- Talks --------------------------------------------------------------------------------------

-- Lock a talk with FOR NO KEY UPDATE: FOR UPDATE would hold up new inbound rows, which point here.
CREATE TABLE address (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel text NOT NULL,
  -- Blind index of the platform's id; the id itself is in sealed.
  handle bytea NOT NULL,
  sealed bytea NOT NULL,
  person_id bigint REFERENCES person,
  -- The person said BERHENTI; agreed to campaigns; the platform says they blocked the bot.
  stopped_at timestamptz,
  campaigns_at timestamptz,
  blocked_at timestamptz,
  language text NOT NULL DEFAULT 'id',
  created_at timestamptz NOT NULL DEFAULT now(),
  -- One sender at a time: who has the address, and until when.
  sending_until timestamptz,
  sending_by uuid
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX address_channel_handle_key ON address (channel, handle);
CREATE INDEX address_person_id_idx ON address (person_id);

-- No index but the key and room on every page: a turn rewrites the row in place (HOT).
CREATE TABLE session (
  address_id bigint PRIMARY KEY REFERENCES address,
  body bytea NOT NULL,
  flow text,
  step text,
  version text,
  updated_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);

CREATE TABLE inbound (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_id bigint NOT NULL REFERENCES address,
  external_id text NOT NULL,
  kind text NOT NULL,
  words bytea,
  sent_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  state text NOT NULL DEFAULT 'waiting'
    CONSTRAINT inbound_state CHECK (state IN ('waiting', 'done', 'parked')),
  tries smallint NOT NULL DEFAULT 0,
  done_at timestamptz
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX inbound_address_id_external_id_key ON inbound (address_id, external_id);
CREATE INDEX inbound_waiting ON inbound (address_id, id) WHERE state = 'waiting';

CREATE TABLE outbound (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_id bigint NOT NULL REFERENCES address,
  -- What it is for, in words that are the same when the work is done twice.
  purpose text NOT NULL,
  class text NOT NULL
    CONSTRAINT outbound_class CHECK (class IN ('reply', 'notice', 'reminder', 'campaign')),
  body bytea NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CONSTRAINT outbound_state CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'dropped')),
  not_before timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  attempt_at timestamptz,
  tries smallint NOT NULL DEFAULT 0,
  sent_at timestamptz,
  provider_id text,
  reason text
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX outbound_purpose_key ON outbound (purpose);
CREATE INDEX outbound_unsent ON outbound (address_id, id) WHERE state IN ('waiting', 'sending');

-- Registrations ------------------------------------------------------------------------------

-- What somebody said. Only the columns about its handling ever change.
CREATE TABLE submission (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  receipt text NOT NULL,
  address_id bigint NOT NULL REFERENCES address,
  command text NOT NULL,
  flow text NOT NULL,
  flow_version text NOT NULL,
  language text NOT NULL,
  started_on date NOT NULL,
  answers bytea NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CONSTRAINT submission_state
    CHECK (state IN ('waiting', 'recorded', 'parked', 'refused', 'withdrawn')),
  reason text,
  created_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz,
  person_id bigint REFERENCES person,
  claimed_at timestamptz,
  tries smallint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX submission_receipt_key ON submission (receipt);
CREATE INDEX submission_address_id_created_at_idx ON submission (address_id, created_at);
CREATE INDEX submission_waiting ON submission (id) WHERE state = 'waiting';

-- What is held to be true. Its key decides who was first.
CREATE TABLE enrolment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES person,
  nik_index bytea NOT NULL,
  programme text NOT NULL CONSTRAINT enrolment_programme CHECK (programme IN ('JKK', 'JKM', 'JHT')),
  segment text NOT NULL CONSTRAINT enrolment_segment CHECK (segment IN ('BPU', 'PU')),
  sector text NOT NULL,
  village_code text NOT NULL REFERENCES village,
  occupation text NOT NULL,
  work_place text NOT NULL,
  base_rupiah int NOT NULL CONSTRAINT enrolment_base CHECK (base_rupiah > 0),
  months int NOT NULL CONSTRAINT enrolment_months CHECK (months > 0),
  starts_on date NOT NULL,
  state text NOT NULL DEFAULT 'submitted' CONSTRAINT enrolment_state
    CHECK (state IN ('submitted', 'registered', 'refused', 'withdrawn', 'ended')),
  kpj bytea,
  submission_id bigint NOT NULL REFERENCES submission,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX enrolment_nik_index_programme_key ON enrolment (nik_index, programme);
CREATE INDEX enrolment_person_id_idx ON enrolment (person_id);

CREATE TABLE enrolment_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  enrolment_id bigint NOT NULL REFERENCES enrolment,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL,
  actor text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX enrolment_event_enrolment_id_idx ON enrolment_event (enrolment_id);

-- Consent, help, counting --------------------------------------------------------------------

-- Words that were shown once are kept, so that a consent can be read as it was given.
CREATE TABLE wording (
  version text PRIMARY KEY,
  step text NOT NULL,
  language text NOT NULL,
  text text NOT NULL,
  first_seen_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE consent (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_id bigint NOT NULL REFERENCES address,
  kind text NOT NULL,
  given boolean NOT NULL,
  wording text NOT NULL REFERENCES wording,
  language text NOT NULL,
  receipt text,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX consent_address_id_idx ON consent (address_id);

CREATE TABLE ticket (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_id bigint NOT NULL REFERENCES address,
  reason text NOT NULL,
  flow text,
  step text,
  words bytea,
  state text NOT NULL DEFAULT 'open' CONSTRAINT ticket_state CHECK (state IN ('open', 'closed')),
  created_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz
);
CREATE UNIQUE INDEX ticket_open ON ticket (address_id, reason) WHERE state = 'open';

CREATE TABLE outcome (
  flow text NOT NULL,
  outcome text NOT NULL,
  "on" date NOT NULL,
  count bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (flow, outcome, "on")
);

-- One row that only the right SECRET_KEY gives: another key must not start a second set of indexes.
CREATE TABLE key_proof (
  id smallint PRIMARY KEY DEFAULT 1 CONSTRAINT key_proof_one CHECK (id = 1),
  proof bytea NOT NULL
);

-- Audit --------------------------------------------------------------------------------------

-- A chain: each row's hash covers the row before. Whoever changes one breaks all that follow.
CREATE TABLE audit (
  -- Given by the trigger, without gaps: an identity would count up for rows that are never kept.
  id bigint PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL
);

-- JSON quotes the texts, so that no two different rows make the same bytes.
CREATE FUNCTION audit_hash(entry audit) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(entry.previous_hash || convert_to(jsonb_build_array(
    entry.id, extract(epoch FROM entry.at), entry.actor, entry.action, entry.subject, entry.detail
  )::text, 'UTF8'))
$$;

-- One writer at a time until its transaction ends, or two rows would follow the same one.
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('audit'));
  SELECT id + 1, hash INTO NEW.id, NEW.previous_hash FROM audit ORDER BY id DESC LIMIT 1;
  NEW.id := coalesce(NEW.id, 1);
  NEW.previous_hash := coalesce(NEW.previous_hash, '');
  NEW.hash := audit_hash(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER audit_link BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_link();
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_link;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_refuse;

-- The first row that is not what was written, or nothing when the chain is whole.
CREATE FUNCTION find_broken_audit() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT id FROM (
    SELECT audit_hash(audit) <> hash
        OR previous_hash <> lag(hash, 1, '') OVER (ORDER BY id)
        OR id <> row_number() OVER (ORDER BY id) AS is_broken, id
    FROM audit
  ) entry WHERE is_broken ORDER BY id LIMIT 1
$$;

-- Rights -------------------------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE, DELETE ON
  province, regency, district, village, village_list, person, address, session, inbound, outbound,
  submission, enrolment, ticket, outcome TO sapa_app;
GRANT SELECT, INSERT ON enrolment_event, wording, consent, key_proof, audit TO sapa_app;
