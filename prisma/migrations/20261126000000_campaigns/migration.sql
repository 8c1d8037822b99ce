-- Campaigns: what the branch tells many at once, and what became of it with each of them.

CREATE TABLE campaign (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  -- Wordings in each language, button, attachment, template; whom it is for.
  message jsonb NOT NULL,
  audience jsonb NOT NULL,
  state text NOT NULL DEFAULT 'draft' CONSTRAINT campaign_state CHECK (state IN
    ('draft', 'tested', 'waiting-approval', 'scheduled', 'canary', 'running', 'paused',
     'cancelled', 'done')),
  -- What it goes on as.
  paused_from text,
  starts_at timestamptz,
  -- So many are written to before somebody looks; 0 where nobody has to.
  canary_size int NOT NULL DEFAULT 0,
  tests int NOT NULL DEFAULT 0,
  made_by text NOT NULL,
  approved_by text,
  made_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz
);
CREATE INDEX campaign_open ON campaign (id) WHERE state IN ('scheduled', 'canary', 'running');

-- A list that an officer gave: only those of them who have a chat.
CREATE TABLE campaign_listed (
  campaign_id bigint NOT NULL REFERENCES campaign,
  address_id bigint NOT NULL REFERENCES address,
  PRIMARY KEY (campaign_id, address_id)
);

-- One who was chosen. Every count of a campaign is a count of these.
CREATE TABLE campaign_person (
  campaign_id bigint NOT NULL REFERENCES campaign,
  address_id bigint NOT NULL REFERENCES address,
  -- A place in the order in which it is sent, drawn by lot: the first ones stand for all.
  ordinal int NOT NULL,
  village_code text,
  variant smallint,
  state text NOT NULL DEFAULT 'chosen' CONSTRAINT campaign_person_state CHECK (state IN
    ('chosen', 'queued', 'sent', 'delivered', 'read', 'failed', 'skipped')),
  reason text,
  -- Looked at again from then on: it is night there, or somebody was written to today.
  again_at timestamptz NOT NULL DEFAULT '-infinity',
  -- Stays when the message itself is long removed.
  outbound_id bigint,
  queued_at timestamptz,
  sent_at timestamptz,
  PRIMARY KEY (campaign_id, address_id)
) WITH (fillfactor = 80);
CREATE INDEX campaign_person_open ON campaign_person (campaign_id, state, ordinal)
  WHERE state IN ('chosen', 'queued');
CREATE INDEX campaign_person_outbound ON campaign_person (outbound_id)
  WHERE outbound_id IS NOT NULL;
CREATE INDEX campaign_person_queued_at ON campaign_person (queued_at) WHERE queued_at IS NOT NULL;
CREATE INDEX campaign_person_address ON campaign_person (address_id);

-- Whatever becomes of the message becomes of the person in the same transaction: at every moment
-- the states add up to the audience.
CREATE FUNCTION campaign_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_left boolean := NEW.state = 'failed' AND NEW.reason IN ('stopped', 'no-consent');
BEGIN
  UPDATE campaign_person
     SET state = CASE WHEN is_left THEN 'skipped'
                      WHEN NEW.state IN ('failed', 'dropped') THEN 'failed'
                      WHEN NEW.state <> 'sent' THEN 'queued'
                      WHEN NEW.read_at IS NOT NULL THEN 'read'
                      WHEN NEW.delivered_at IS NOT NULL THEN 'delivered'
                      ELSE 'sent' END,
         reason = CASE WHEN NEW.state IN ('failed', 'dropped') THEN NEW.reason END,
         sent_at = NEW.sent_at
   WHERE outbound_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER campaign_follow AFTER UPDATE OF state, delivered_at, read_at ON outbound
  FOR EACH ROW WHEN (NEW.class = 'campaign' AND NEW.state <> 'sending' AND
    (NEW.state, NEW.delivered_at, NEW.read_at) IS DISTINCT FROM
    (OLD.state, OLD.delivered_at, OLD.read_at))
  EXECUTE FUNCTION campaign_follow();

-- A message that is taken back before it was tried: the person does not want it any more.
CREATE FUNCTION campaign_leave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE campaign_person SET state = 'skipped', reason = 'stopped' WHERE outbound_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER campaign_leave AFTER DELETE ON outbound
  FOR EACH ROW WHEN (OLD.class = 'campaign' AND OLD.state = 'waiting')
  EXECUTE FUNCTION campaign_leave();

-- Whose turn it is: an answer to one must not wait for a campaign to ten thousand others.
CREATE INDEX outbound_turn ON outbound (class, address_id) WHERE state IN ('waiting', 'sending');

GRANT SELECT, INSERT, UPDATE ON campaign, campaign_person TO sapa_app;
GRANT SELECT, INSERT, DELETE ON campaign_listed TO sapa_app;
