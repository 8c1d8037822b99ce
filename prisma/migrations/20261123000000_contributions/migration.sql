-- Contributions: what is due for each membership and month, what was paid, who was reminded.
-- A membership is what a person's enrolments of one submission come to, so its number is that one's.

-- Who pays decides the discount and whom to remind; the day a number was issued, the first month.
ALTER TABLE enrolment
  ADD COLUMN payer text NOT NULL DEFAULT 'self' CONSTRAINT enrolment_payer
    CHECK (payer IN ('self', 'relative', 'csr', 'agent', 'village', 'apbn', 'apbd')),
  ADD COLUMN registered_at timestamptz;
UPDATE enrolment e SET payer = 'village'
 WHERE EXISTS (SELECT FROM submission s
                WHERE s.id = e.submission_id AND s.command = 'register-staff');
UPDATE enrolment e
   SET registered_at = (SELECT min(v.at) FROM enrolment_event v
                         WHERE v.enrolment_id = e.id AND v.kind = 'registered')
 WHERE e.state IN ('registered', 'ended');
-- A morning's reminders go from village to village.
CREATE INDEX enrolment_by_village ON enrolment (village_code, submission_id)
  WHERE state = 'registered' AND payer = 'village';

-- Money in -------------------------------------------------------------------------------------

-- One payment file. The same content twice is the same import.
CREATE TABLE payment_import (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  content_hash bytea NOT NULL,
  layout text NOT NULL,
  actor text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz
);
CREATE UNIQUE INDEX payment_import_content_hash_key ON payment_import (content_hash);

-- One row of it and what became of it: nothing is lost, and no payment counts twice.
CREATE TABLE payment_row (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id bigint NOT NULL REFERENCES payment_import,
  line int NOT NULL,
  -- The row as it was read, sealed.
  said bytea NOT NULL,
  -- Blind index of the payment's own reference, where the file has one.
  reference bytea,
  verdict text NOT NULL CONSTRAINT payment_row_verdict CHECK (verdict IN
    ('waiting', 'paid', 'repeated', 'unknown-number', 'wrong-amount', 'unreadable')),
  submission_id bigint REFERENCES submission,
  amount_rupiah bigint,
  paid_on date
);
CREATE UNIQUE INDEX payment_row_import_id_line_key ON payment_row (import_id, line);
CREATE UNIQUE INDEX payment_row_reference ON payment_row (reference) WHERE verdict = 'paid';

-- The ledger -----------------------------------------------------------------------------------

CREATE TABLE contribution (
  submission_id bigint NOT NULL REFERENCES submission,
  -- First day of the contribution month.
  month date NOT NULL CONSTRAINT contribution_month CHECK (extract(day FROM month) = 1),
  payer text NOT NULL,
  base_rupiah int NOT NULL,
  jkk int NOT NULL,
  jkm int NOT NULL,
  jht int NOT NULL,
  jp int NOT NULL,
  total_rupiah int NOT NULL
    CONSTRAINT contribution_total CHECK (total_rupiah > 0 AND total_rupiah = jkk + jkm + jht + jp),
  -- By the rule, which people are told; and moved past weekends and holidays.
  nominal_due_on date NOT NULL,
  due_on date NOT NULL,
  paid_on date,
  payment_row_id bigint REFERENCES payment_row,
  PRIMARY KEY (submission_id, month)
) WITH (fillfactor = 80);

-- What was paid stays as it was paid; until then a month follows the rates.
CREATE FUNCTION contribution_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a paid contribution is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER contribution_keep BEFORE UPDATE ON contribution
  FOR EACH ROW WHEN (OLD.paid_on IS NOT NULL) EXECUTE FUNCTION contribution_keep();

-- What people say ------------------------------------------------------------------------------

-- Somebody said SUDAH BAYAR: believed until an import confirms it, or an officer has looked.
CREATE TABLE payment_claim (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  submission_id bigint NOT NULL REFERENCES submission,
  -- The last month that it says is paid.
  until_month date NOT NULL,
  claimed_at timestamptz NOT NULL DEFAULT now(),
  state text NOT NULL DEFAULT 'open' CONSTRAINT payment_claim_state
    CHECK (state IN ('open', 'confirmed', 'doubted')),
  -- It has waited long for its proof: an officer was asked.
  asked_at timestamptz,
  closed_at timestamptz
);
CREATE UNIQUE INDEX payment_claim_open ON payment_claim (submission_id) WHERE state = 'open';

-- INGATKAN TANGGAL 25: nothing before that day, and something on it.
CREATE TABLE snooze (
  address_id bigint PRIMARY KEY REFERENCES address,
  until_on date NOT NULL,
  said_at timestamptz NOT NULL DEFAULT now()
);

-- Reminders ------------------------------------------------------------------------------------

-- What was planned to be said, once for each purpose, also when the message is long gone; or why
-- nothing was said, until it is.
CREATE TABLE reminder (
  purpose text PRIMARY KEY,
  -- The purpose of the message that says it: one message may say it of many people.
  message text NOT NULL,
  -- Whom it is for: `a` and the number of an address, `v` and the code of a village.
  contact text NOT NULL,
  address_id bigint REFERENCES address,
  reason text,
  planned_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reminder_contact_idx ON reminder (contact);
CREATE INDEX reminder_message_idx ON reminder (message);

-- Whoever ends a membership, nobody is reminded of it any more: the family of a dead member least.
CREATE FUNCTION enrolment_leave() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH gone AS (
    DELETE FROM outbound o USING reminder r
     WHERE o.purpose = r.message AND o.state = 'waiting' AND o.tries = 0
       AND r.contact IN (SELECT 'a' || s.address_id FROM submission s WHERE s.id = NEW.submission_id
                          UNION SELECT 'v' || NEW.village_code)
    RETURNING o.purpose)
  DELETE FROM reminder r USING gone WHERE r.message = gone.purpose;
  RETURN NULL;
END $$;
CREATE TRIGGER enrolment_leave AFTER UPDATE OF state ON enrolment FOR EACH ROW
  WHEN (OLD.state = 'registered' AND NEW.state <> 'registered') EXECUTE FUNCTION enrolment_leave();

-- The zone of a message that may not arrive at night; the sender looks once more.
ALTER TABLE outbound ADD COLUMN zone text;
-- Few beside the replies; counted before somebody is written to.
CREATE INDEX outbound_begun ON outbound (address_id, not_before) WHERE class <> 'reply';

GRANT SELECT, INSERT, UPDATE ON
  contribution, payment_import, payment_row, payment_claim, reminder TO sapa_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON snooze TO sapa_app;
GRANT DELETE ON reminder TO sapa_app;
