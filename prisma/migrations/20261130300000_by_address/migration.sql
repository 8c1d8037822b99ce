-- What was answered to one address: an officer reads it, the person has it erased, two ids of one
-- person come together. It was looked for in every message there is. What is still to be sent is
-- found by outbound_turn.
CREATE INDEX outbound_address_id_id_idx ON outbound (address_id, id);
DROP INDEX outbound_unsent;
CREATE INDEX ticket_address_id_idx ON ticket (address_id);
CREATE INDEX consent_receipt ON consent (receipt) WHERE receipt IS NOT NULL;

-- How many an agent set down today is asked before each.
CREATE INDEX resident_set_by_set_at_idx ON resident (set_by, set_at);

-- The few of many that the page of the machine, the list of requests to be erased and an undone
-- merge ask for.
CREATE INDEX inbound_parked ON inbound (id) WHERE state = 'parked';
CREATE INDEX outbound_failed ON outbound (created_at) WHERE state = 'failed';
CREATE INDEX ticket_erasure ON ticket (id) WHERE reason = 'erasure';
CREATE INDEX decision_other ON decision (other_id) WHERE other_id IS NOT NULL;
