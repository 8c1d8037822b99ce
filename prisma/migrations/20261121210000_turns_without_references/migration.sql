-- The three tables that every turn writes do not refer to address by a foreign key any more: for
-- each row that is one more look-up and a lock on the address, a third of the time of a turn's
-- statements. What the keys promised is kept by a right: no address can be deleted.
ALTER TABLE session DROP CONSTRAINT session_address_id_fkey;
ALTER TABLE inbound DROP CONSTRAINT inbound_address_id_fkey;
ALTER TABLE outbound DROP CONSTRAINT outbound_address_id_fkey;
REVOKE DELETE ON address FROM sapa_app;

-- Nobody ever read them: what a talk is about stands in its sealed body.
ALTER TABLE session DROP COLUMN flow, DROP COLUMN step, DROP COLUMN version;
