-- A membership ends by an officer's decision, on a day and for a reason, and may be opened again.

ALTER TABLE enrolment
  -- The last day, and why: the end of a phrase `ended-because-…`.
  ADD COLUMN ended_on date,
  ADD COLUMN end_reason text,
  -- The first month of the present period of somebody who came back; missing in the first one.
  ADD COLUMN resumed_on date CONSTRAINT enrolment_resumed
    CHECK (extract(day FROM resumed_on) = 1),
  ADD CONSTRAINT enrolment_end CHECK ((ended_on IS NULL) = (end_reason IS NULL)),
  ADD CONSTRAINT enrolment_end_state CHECK (ended_on IS NULL OR state <> 'registered');

-- Months after the end are not owed; what was paid is never taken away.
GRANT DELETE ON contribution TO sapa_app;
CREATE TRIGGER contribution_stay BEFORE DELETE ON contribution
  FOR EACH ROW WHEN (OLD.paid_on IS NOT NULL) EXECUTE FUNCTION contribution_keep();

-- Money that comes for a membership that has ended waits for an officer.
ALTER TABLE payment_row DROP CONSTRAINT payment_row_verdict;
ALTER TABLE payment_row ADD CONSTRAINT payment_row_verdict CHECK (verdict IN
  ('waiting', 'paid', 'repeated', 'unknown-number', 'wrong-amount', 'unreadable', 'ended'));
DROP INDEX payment_row_open;
CREATE INDEX payment_row_open ON payment_row (id)
  WHERE seen_at IS NULL AND verdict IN ('wrong-amount', 'unknown-number', 'unreadable', 'ended');
