-- Addresses of sources were kept as they were before they were sealed: with user, password and all that stands behind ? or #. The index holds the
-- jobs that still have one, so that every start finds them at once, and finds none once they are sealed (jobs/open-addresses.ts).
CREATE INDEX job_open_address ON longshore.job (organization, number) WHERE definition #>> '{source,url}' ~ '[?#]|^[a-zA-Z][a-zA-Z0-9+.-]*://[^/]*@';
