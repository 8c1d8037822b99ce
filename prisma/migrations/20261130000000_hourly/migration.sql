-- Looks at full national numbers and searches for people are counted in the trail itself.
CREATE INDEX audit_hourly ON audit (actor, at)
  WHERE action IN ('reveal-submission', 'search-people');
