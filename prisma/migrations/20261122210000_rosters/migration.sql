-- Lists of people that village officials send: read, asked about, agreed to, written. What people
-- told us is sealed; the file and the verdicts are removed together.

CREATE TABLE roster (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  receipt text NOT NULL,
  address_id bigint NOT NULL REFERENCES address,
  post_id bigint NOT NULL REFERENCES post,
  village_code text NOT NULL REFERENCES village,
  language text NOT NULL,
  started_on date NOT NULL,
  -- Where the channel finds the file, and its name.
  source bytea NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CONSTRAINT roster_state CHECK (state IN ('waiting',
    'asking', 'agreed', 'written', 'refused', 'left')),
  reason text,
  -- What the official said about it; counted, so that each saying is answered once.
  said bytea NOT NULL,
  round int NOT NULL DEFAULT 0,
  -- The flow and version under which the official agreed.
  flow_version text,
  file bytea,
  body bytea,
  rows_in int,
  accepted int,
  waiting int,
  rejected int,
  tries smallint NOT NULL DEFAULT 0,
  not_before timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz
);
CREATE UNIQUE INDEX roster_receipt_key ON roster (receipt);
CREATE INDEX roster_address_id_id_idx ON roster (address_id, id);
CREATE INDEX roster_due ON roster (id) WHERE state IN ('waiting', 'agreed');

-- One person has one post in a village, however often a list with them is sent.
ALTER TABLE staff ADD COLUMN nik_index bytea;
ALTER TABLE staff ADD COLUMN roster_id bigint REFERENCES roster;
CREATE UNIQUE INDEX staff_person ON staff (village_code, nik_index) WHERE until_on IS NULL;
CREATE INDEX staff_roster_id_idx ON staff (roster_id);

GRANT SELECT, INSERT, UPDATE ON roster TO sapa_app;
