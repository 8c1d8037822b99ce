-- Payment files: rows name a person by NIK or by the number of the membership, and say why not.

-- Blind index of the number; what was issued before is filled in by the first import.
ALTER TABLE enrolment ADD COLUMN kpj_index bytea;
CREATE INDEX enrolment_kpj_index ON enrolment (kpj_index) WHERE kpj_index IS NOT NULL;

ALTER TABLE payment_row
  -- Why it has its verdict, as flows/payments.yaml calls it.
  ADD COLUMN reason text,
  -- An officer has seen to it.
  ADD COLUMN seen_at timestamptz;
CREATE INDEX payment_row_open ON payment_row (id)
  WHERE seen_at IS NULL AND verdict IN ('wrong-amount', 'unknown-number', 'unreadable');
-- Which months a row has paid.
CREATE INDEX contribution_payment_row ON contribution (payment_row_id)
  WHERE payment_row_id IS NOT NULL;
