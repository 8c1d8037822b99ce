-- Where people stop and go back, by question and day: what is kept once the talks are forgotten.
CREATE TABLE flow_day (
  flow text NOT NULL,
  step text NOT NULL,
  kind text NOT NULL CONSTRAINT flow_day_kind CHECK (kind IN ('stop', 'back')),
  "on" date NOT NULL,
  count bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (flow, step, kind, "on")
);
GRANT SELECT, INSERT, UPDATE, DELETE ON flow_day TO sapa_app;
