-- Campaigns that an officer composes in the chat: where the test, the counts and the progress go.
ALTER TABLE campaign
  ADD COLUMN address_id bigint REFERENCES address,
  -- The officer has read it and wants it handed in.
  ADD COLUMN wants_start boolean NOT NULL DEFAULT false;
CREATE INDEX campaign_address ON campaign (address_id);
