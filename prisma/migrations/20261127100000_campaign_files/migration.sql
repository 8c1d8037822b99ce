-- Pictures and files that officers upload for a campaign; each is kept as it came and never changed.

CREATE TABLE campaign_file (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign_id bigint NOT NULL REFERENCES campaign,
  -- SHA-256 of the bytes; names the place that they are sealed for.
  content_hash bytea NOT NULL,
  bytes bytea NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX campaign_file_campaign_id_idx ON campaign_file (campaign_id);

GRANT SELECT, INSERT ON campaign_file TO sapa_app;
