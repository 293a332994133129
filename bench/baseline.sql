-- What the bench loads by plain COPY to compare the import with: the tables that somebody would make by hand for a contact list.
-- It does not follow the product: when the product's tables change, this file stays as it is.
CREATE TABLE accounts (
  id   bigint PRIMARY KEY,
  name text NOT NULL
);
CREATE INDEX accounts_name ON accounts (name);

CREATE TABLE contacts (
  id            bigint PRIMARY KEY,
  external_id   text,
  first_name    text,
  last_name     text NOT NULL,
  email         text,
  phone         text,
  mobile_phone  text,
  account_id    bigint,
  title         text,
  street        text,
  city          text,
  state         text,
  postal_code   text,
  country       text,
  lead_source   text,
  birthdate     date,
  lead_score    numeric(18, 6),
  email_opt_out boolean,
  description   text,
  created_at    timestamptz NOT NULL
);
CREATE INDEX contacts_email ON contacts (lower(email));
CREATE INDEX contacts_external_id ON contacts (external_id);
CREATE INDEX contacts_account_id ON contacts (account_id);
