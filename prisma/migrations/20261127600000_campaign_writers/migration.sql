-- Who else has changed a campaign before it was handed in: none of them may approve it.
ALTER TABLE campaign ADD COLUMN changed_by text[] NOT NULL DEFAULT '{}';
