-- Desa Sadar: what each village was found to be and when, the agreements, and what to look at again.

-- Agreements as officers record them. Only ever added to: the newest of the nearest area holds.
CREATE TABLE agreement (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Code of a village, district or regency.
  area text NOT NULL,
  number text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX agreement_area_idx ON agreement (area);

-- What a village was found to be. Only ever added to: the row with the highest ordinal holds.
CREATE TABLE village_status (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  village_code text NOT NULL REFERENCES village,
  ordinal int NOT NULL,
  is_sadar boolean NOT NULL,
  -- The day from which it is so, or no longer so.
  since_on date NOT NULL,
  reason text NOT NULL CONSTRAINT village_status_reason
    CHECK (reason IN ('given', 'agreed', 'lost')),
  -- What was lacking: groups with numbers of people, nobody's name.
  lacks jsonb NOT NULL DEFAULT '[]',
  -- How many people in the village's posts were registered.
  people int NOT NULL,
  -- The number of the agreement and the code of the certificate; missing where there is none.
  agreement text,
  code text,
  decided_at timestamptz NOT NULL DEFAULT now()
);
-- Of two that decide at once, one does.
CREATE UNIQUE INDEX village_status_village_code_ordinal_key ON village_status (village_code, ordinal);
CREATE UNIQUE INDEX village_status_code_key ON village_status (code);

-- Villages of which something changed that the status rests on; whoever judges takes the rows away.
CREATE TABLE village_to_judge (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  village_code text NOT NULL
);
CREATE INDEX village_to_judge_village_code_idx ON village_to_judge (village_code);

-- Marked by the tables themselves, so that nobody who writes there can forget it.
CREATE FUNCTION mark_village() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO village_to_judge (village_code) VALUES (NEW.village_code);
  RETURN NULL;
END $$;
CREATE TRIGGER staff_marks_village AFTER INSERT OR UPDATE OF until_on ON staff
  FOR EACH ROW EXECUTE FUNCTION mark_village();
CREATE TRIGGER village_cohort_marks_village AFTER INSERT ON village_cohort
  FOR EACH ROW EXECUTE FUNCTION mark_village();

CREATE FUNCTION mark_village_of_enrolment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO village_to_judge (village_code)
  SELECT village_code FROM staff WHERE submission_id = NEW.submission_id AND until_on IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER enrolment_marks_village AFTER UPDATE OF state ON enrolment
  FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state)
  EXECUTE FUNCTION mark_village_of_enrolment();

CREATE FUNCTION mark_villages_of_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO village_to_judge (village_code)
  SELECT DISTINCT village_code FROM village_status
   WHERE village_code = NEW.area OR village_code LIKE NEW.area || '.%';
  RETURN NULL;
END $$;
CREATE TRIGGER agreement_marks_villages AFTER INSERT ON agreement
  FOR EACH ROW EXECUTE FUNCTION mark_villages_of_agreement();

GRANT SELECT, INSERT ON agreement, village_status TO sapa_app;
GRANT SELECT, INSERT, DELETE ON village_to_judge TO sapa_app;
-- Villages that have set up groups before this existed.
INSERT INTO village_to_judge (village_code) SELECT DISTINCT village_code FROM village_cohort;
