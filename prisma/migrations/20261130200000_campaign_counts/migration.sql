-- What became of the people of a campaign that is over, counted once: the list of campaigns shows
-- twenty of them, each of up to fifty thousand people. Empty where it is to be counted anew.
ALTER TABLE campaign ADD COLUMN counts jsonb;
CREATE INDEX campaign_uncounted ON campaign (id) WHERE closed_at IS NOT NULL AND counts IS NULL;

-- Under which count a state falls.
CREATE FUNCTION campaign_count(state text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN state IN ('sent', 'delivered', 'read') THEN 'sent'
              WHEN state IN ('chosen', 'queued') THEN 'waiting' ELSE state END
$$;

-- A platform tells of a failure days later. The row of the campaign is locked by it, so that
-- whoever counts meanwhile waits and sees it; while a campaign is under way nothing is locked.
CREATE FUNCTION campaign_recount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE campaign SET counts = NULL WHERE id = NEW.campaign_id AND closed_at < now();
  RETURN NULL;
END $$;
CREATE TRIGGER campaign_recount AFTER UPDATE OF state ON campaign_person FOR EACH ROW
  WHEN (campaign_count(OLD.state) <> campaign_count(NEW.state))
  EXECUTE FUNCTION campaign_recount();
