-- waited: the job has been in the queue, so whoever started it is told when it goes on. callback: where its end is reported, sealed.
ALTER TABLE longshore.job ADD COLUMN waited boolean NOT NULL DEFAULT false, ADD COLUMN callback text;
ALTER TABLE longshore.member ADD COLUMN mail boolean NOT NULL DEFAULT true;

-- What a person is told of a job, written in the transaction of what happened. Its words are made when it is shown, so that none of the job's own stand here.
CREATE TABLE longshore.notification (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  -- null: the operator
  member        integer,
  job           integer NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('started', 'finished', 'failed')),
  at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  read_at       timestamptz
);
CREATE INDEX ON longshore.notification (organization, member, id);

-- What is to leave: e-mails and webhooks, tried until they arrive or their time is over.
CREATE TABLE longshore.outbox (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  kind          text NOT NULL CHECK (kind IN ('email', 'webhook')),
  job           integer,
  notification  bigint REFERENCES longshore.notification (id) ON DELETE CASCADE,
  -- an e-mail that is about no job: {"to","subject","text"}, sealed
  content       text,
  attempts      integer NOT NULL DEFAULT 0,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- not tried before; while somebody tries, a moment after which they count as gone
  next_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  sent_at       timestamptz,
  given_up_at   timestamptz,
  -- code of the last failure
  error         text
);
CREATE INDEX outbox_due ON longshore.outbox (next_at) WHERE sent_at IS NULL AND given_up_at IS NULL;

-- How an organization's e-mails leave. The password is sealed.
CREATE TABLE longshore.mail_server (
  organization  integer PRIMARY KEY REFERENCES longshore.organization (id),
  host          text NOT NULL,
  port          integer NOT NULL,
  -- TLS from the first byte; false: STARTTLS
  secure        boolean NOT NULL,
  username      text,
  password      text,
  sender        text NOT NULL
);

-- What webhooks are signed with, sealed. A new one leaves the one before good for a while: both sign.
CREATE TABLE longshore.webhook_secret (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  secret        text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at    timestamptz
);
CREATE INDEX ON longshore.webhook_secret (organization);
