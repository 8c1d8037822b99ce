-- What somebody said never changes. Where two registrations become one, what only the other one
-- says stands beside it, sealed.
ALTER TABLE submission ADD COLUMN filled bytea;
