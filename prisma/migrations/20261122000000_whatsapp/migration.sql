-- What WhatsApp needs of the registry: persons with several ids, one owner for each account, its
-- keys, what became of sent messages, and alarms for officers.

-- One person, several ids ---------------------------------------------------------------------

-- An address that turned out to be another one's. It stays, because messages on their way and
-- consents, which never change, point to it; its talk and everything else has moved.
ALTER TABLE address ADD COLUMN merged_into bigint REFERENCES address;
CREATE INDEX address_merged ON address (merged_into) WHERE merged_into IS NOT NULL;

-- Every id under which an address is known, its own among them.
CREATE TABLE address_alias (
  channel text NOT NULL,
  handle bytea NOT NULL,
  address_id bigint NOT NULL REFERENCES address,
  -- The id, sealed as address.sealed is. Empty: it is the address's own, or was erased.
  sealed bytea,
  -- Nothing has come from it yet: we only know that it exists.
  heard_at timestamptz,
  -- A number may be somebody else's next year; the platform's own ids stay with their owner.
  is_phone boolean NOT NULL,
  PRIMARY KEY (channel, handle)
) WITH (fillfactor = 80);
CREATE INDEX address_alias_address_id_idx ON address_alias (address_id);

-- One owner ------------------------------------------------------------------------------------

-- Who may use an account that only one process may use. The fence grows with every owner.
CREATE TABLE channel_lease (
  name text PRIMARY KEY,
  holder text NOT NULL,
  fence bigint NOT NULL,
  until timestamptz NOT NULL
);

-- Keys of a linked WhatsApp number -------------------------------------------------------------

CREATE TABLE whatsapp_auth (
  account text NOT NULL,
  kind text NOT NULL,
  -- Blind index of the id, which often is somebody's number.
  handle bytea NOT NULL,
  version smallint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (account, kind, handle)
) WITH (fillfactor = 70);

-- What became of sent messages -----------------------------------------------------------------

ALTER TABLE outbound ADD COLUMN delivered_at timestamptz, ADD COLUMN read_at timestamptz;
CREATE INDEX outbound_provider_id ON outbound (provider_id) WHERE provider_id IS NOT NULL;
-- Few beside the replies, and counted before each of them is sent.
CREATE INDEX outbound_initiated ON outbound (sent_at) WHERE class <> 'reply';

-- Alarms ---------------------------------------------------------------------------------------

CREATE TABLE alarm (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  channel text NOT NULL,
  -- A code or a count, nothing about people.
  detail text,
  raised_at timestamptz NOT NULL DEFAULT now(),
  -- When it was raised last while open already.
  again_at timestamptz,
  closed_at timestamptz
);
CREATE UNIQUE INDEX alarm_open ON alarm (kind, channel) WHERE closed_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON
  address_alias, channel_lease, whatsapp_auth, alarm TO sapa_app;
