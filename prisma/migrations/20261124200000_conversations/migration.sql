-- Who talks with whom: an officer takes a ticket, speaks through the bot, and gives the talk back.
ALTER TABLE ticket
  -- Who has it, as the audit trail names them, and since when.
  ADD COLUMN held_by text,
  ADD COLUMN held_at timestamptz,
  -- How often an officer spoke: the next number makes the next message, and each only once.
  ADD COLUMN said integer NOT NULL DEFAULT 0,
  -- Since when the person waits for the officer's next words; none while nothing is to be answered.
  ADD COLUMN waiting_since timestamptz DEFAULT now(),
  ADD CONSTRAINT ticket_holder CHECK ((held_by IS NULL) = (held_at IS NULL));
UPDATE ticket SET waiting_since = CASE WHEN state = 'open' THEN created_at END;
