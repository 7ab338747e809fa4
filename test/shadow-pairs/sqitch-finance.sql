--- appschema
CREATE SCHEMA fin; CREATE SCHEMA audit;
CREATE DOMAIN fin.currency AS char(3) COLLATE "C" NOT NULL DEFAULT 'EUR' CONSTRAINT iso CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE TYPE fin.money AS (amount numeric(14,2), cur fin.currency);
--- down
DROP TYPE fin.money; DROP DOMAIN fin.currency; DROP SCHEMA audit; DROP SCHEMA fin;
--- ledger
SET search_path = fin;
CREATE SEQUENCE entry_no AS integer MINVALUE 1000 MAXVALUE 2000000 CYCLE;
CREATE TABLE accounts (code text PRIMARY KEY CHECK (code ~ '^\d{4}$'), name text NOT NULL, parent text REFERENCES accounts);
CREATE TABLE entries (no integer PRIMARY KEY DEFAULT nextval('entry_no'), booked date NOT NULL DEFAULT CURRENT_DATE, account text NOT NULL REFERENCES accounts ON UPDATE CASCADE, amount numeric(14,2) NOT NULL CHECK (amount <> 0), cur currency, note text);
ALTER SEQUENCE entry_no OWNED BY entries.no;
--- down
DROP TABLE fin.entries; DROP TABLE fin.accounts;
--- rows
INSERT INTO fin.accounts VALUES ('1000','Cash',NULL),('1001','Till','1000');
INSERT INTO fin.entries (account, amount, cur, note) VALUES ('1000', 5, 'EUR', NULL), ('1001', -5, 'USD', 'n');
--- audit_trigger
SET LOCAL search_path TO audit, fin, public;
CREATE TABLE log (id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME audit.log_ids), tab regclass, op text, old jsonb, new jsonb, at timestamptz DEFAULT now(), who name DEFAULT CURRENT_USER);
CREATE FUNCTION trace() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit.log (tab, op, old, new) VALUES (TG_RELID, TG_OP, to_jsonb(OLD), to_jsonb(NEW)); RETURN COALESCE(NEW, OLD); END $$;
CREATE TRIGGER trace AFTER INSERT OR UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION trace();
CREATE TRIGGER trace_all AFTER TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION trace();
--- down
DROP TRIGGER trace_all ON fin.entries;
DROP TRIGGER trace ON fin.entries;
DROP FUNCTION audit.trace(); DROP TABLE audit.log;
--- trigger_order
ALTER TRIGGER trace ON fin.entries RENAME TO zz_trace;
ALTER TABLE fin.entries ENABLE REPLICA TRIGGER zz_trace;
--- down
ALTER TRIGGER zz_trace ON fin.entries RENAME TO trace;
--- balance_view
CREATE VIEW fin.balance (code, total) AS SELECT account, sum(amount) FROM fin.entries GROUP BY account HAVING sum(amount) <> 0;
CREATE OR REPLACE RULE balance_ins AS ON INSERT TO fin.balance DO INSTEAD INSERT INTO fin.entries (account, amount) VALUES (new.code, new.total);
COMMENT ON COLUMN fin.balance.total IS 'sum';
--- down
DROP VIEW fin.balance;
--- balance_view_type
DROP VIEW fin.balance;
ALTER TABLE fin.entries ALTER amount TYPE numeric(20,4);
CREATE VIEW fin.balance (code, total) AS SELECT account, sum(amount) FROM fin.entries GROUP BY account HAVING sum(amount) <> 0;
CREATE OR REPLACE RULE balance_ins AS ON INSERT TO fin.balance DO INSTEAD INSERT INTO fin.entries (account, amount) VALUES (new.code, new.total);
--- down
DROP VIEW fin.balance;
ALTER TABLE fin.entries ALTER amount TYPE numeric(14,2);
CREATE VIEW fin.balance (code, total) AS SELECT account, sum(amount) FROM fin.entries GROUP BY account HAVING sum(amount) <> 0;
CREATE OR REPLACE RULE balance_ins AS ON INSERT TO fin.balance DO INSTEAD INSERT INTO fin.entries (account, amount) VALUES (new.code, new.total);
COMMENT ON COLUMN fin.balance.total IS 'sum';
--- domain_swap
ALTER DOMAIN fin.currency DROP CONSTRAINT iso;
ALTER DOMAIN fin.currency ADD CONSTRAINT iso CHECK (VALUE ~ '^[A-Z]{3}$' AND VALUE <> 'XXX');
ALTER DOMAIN fin.currency DROP NOT NULL;
--- down
ALTER DOMAIN fin.currency DROP CONSTRAINT iso;
ALTER DOMAIN fin.currency ADD CONSTRAINT iso CHECK (VALUE ~ '^[A-Z]{3}$');
--- seq_change
ALTER SEQUENCE fin.entry_no NO MAXVALUE NO CYCLE CACHE 5;
ALTER SEQUENCE fin.entry_no OWNED BY NONE;
--- down
ALTER SEQUENCE fin.entry_no MAXVALUE 2000000 CYCLE CACHE 1 OWNED BY fin.entries.no;
--- grants
CREATE ROLE clerk; CREATE ROLE auditor;
GRANT USAGE ON SCHEMA fin TO clerk, auditor;
GRANT INSERT, SELECT ON fin.entries TO clerk WITH GRANT OPTION;
GRANT SELECT (code, name) ON fin.accounts TO auditor;
GRANT USAGE, SELECT ON SEQUENCE fin.entry_no TO clerk;
GRANT auditor TO clerk WITH ADMIN OPTION;
--- down
REVOKE ALL ON fin.entries, fin.accounts FROM clerk, auditor;
REVOKE ALL ON SEQUENCE fin.entry_no FROM clerk;
REVOKE ALL ON SCHEMA fin FROM clerk, auditor;
DROP ROLE clerk; DROP ROLE auditor;
--- public_revoked
REVOKE EXECUTE ON FUNCTION audit.trace() FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA fin REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
--- down
GRANT EXECUTE ON FUNCTION audit.trace() TO PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
--- composite_column
ALTER TABLE fin.accounts ADD COLUMN lim fin.money DEFAULT ROW(100, 'EUR')::fin.money;
ALTER TYPE fin.money ADD ATTRIBUTE note text;
ALTER TYPE fin.money RENAME ATTRIBUTE cur TO currency;
--- down
ALTER TYPE fin.money RENAME ATTRIBUTE currency TO cur;
ALTER TYPE fin.money DROP ATTRIBUTE note;
ALTER TABLE fin.accounts DROP COLUMN lim;
--- partition_entries
ALTER TABLE fin.entries RENAME TO entries_old;
CREATE TABLE fin.entries (LIKE fin.entries_old INCLUDING DEFAULTS) PARTITION BY RANGE (booked);
CREATE TABLE fin.entries_all PARTITION OF fin.entries DEFAULT;
INSERT INTO fin.entries SELECT * FROM fin.entries_old;
--- down
DROP TABLE fin.entries;
ALTER TABLE fin.entries_old RENAME TO entries;
--- data_moved
WITH moved AS (DELETE FROM fin.entries WHERE note IS NULL RETURNING *) INSERT INTO fin.entries_old SELECT * FROM moved ON CONFLICT DO NOTHING;
--- down
SELECT 1;
--- window_fn
CREATE FUNCTION fin.running(p text DEFAULT '1000', VARIADIC codes text[] DEFAULT '{}') RETURNS TABLE (booked date, total numeric) LANGUAGE sql STABLE ROWS 50 AS $$ SELECT e.booked, sum(e.amount) OVER (ORDER BY e.booked) FROM fin.entries e WHERE e.account = p OR e.account = ANY (codes) $$;
--- down
DROP FUNCTION fin.running;
--- overload
CREATE FUNCTION fin.fee(numeric) RETURNS numeric LANGUAGE sql IMMUTABLE RETURN $1 * 0.01;
CREATE FUNCTION fin.fee(numeric, numeric) RETURNS numeric LANGUAGE sql IMMUTABLE RETURN $1 * $2;
--- down
DROP FUNCTION fin.fee(numeric);
--- schema_move
CREATE SCHEMA archive;
ALTER TABLE fin.entries_old SET SCHEMA archive;
ALTER SCHEMA audit RENAME TO trail;
--- down
ALTER SCHEMA trail RENAME TO audit;
ALTER TABLE archive.entries_old SET SCHEMA fin;
DROP SCHEMA archive;
