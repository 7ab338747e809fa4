--- V1__schema
CREATE SCHEMA core;
CREATE SCHEMA audit;
CREATE DOMAIN core.policy_no AS varchar(12) CHECK (VALUE ~ '^[A-Z]{2}[0-9]+$');
CREATE TABLE core.customer (customer_id integer GENERATED ALWAYS AS IDENTITY (START WITH 100) PRIMARY KEY, full_name varchar(120) NOT NULL, tax_no char(11), created_on date DEFAULT CURRENT_DATE NOT NULL);
CREATE TABLE core.policy (policy_no core.policy_no PRIMARY KEY, customer_id integer NOT NULL CONSTRAINT policy_customer_fk REFERENCES core.customer, premium numeric(12,2) DEFAULT 0.00 NOT NULL, valid daterange NOT NULL, status varchar(10) DEFAULT 'NEW' NOT NULL CONSTRAINT policy_status_ck CHECK (status IN ('NEW','ACTIVE','ENDED')));
--- down
DROP TABLE core.policy;
DROP TABLE core.customer;
DROP DOMAIN core.policy_no;
DROP SCHEMA audit;
DROP SCHEMA core;
--- rows
INSERT INTO core.customer (full_name, tax_no) VALUES ('Eva Holm', '01018012345'), ('Per Lie', NULL);
INSERT INTO core.policy (policy_no, customer_id, premium, valid) VALUES ('AB1', 100, 99.50, '[2021-01-01,2022-01-01)'), ('AB2', 101, 10, '[2021-01-01,)');
--- V2__audit_trail
CREATE TABLE audit.log (log_id bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(), who name NOT NULL DEFAULT current_user, what text NOT NULL, old_row jsonb, new_row jsonb);
CREATE FUNCTION audit.write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp AS $fn$
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO audit.log (what, old_row) VALUES (TG_TABLE_NAME || ' ' || TG_OP, to_jsonb(OLD));
    RETURN OLD;
  END IF;
  INSERT INTO audit.log (what, old_row, new_row) VALUES (TG_TABLE_NAME || ' ' || TG_OP, CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END, to_jsonb(NEW));
  RETURN NEW;
END $fn$;
CREATE TRIGGER policy_audit AFTER INSERT OR UPDATE OR DELETE ON core.policy FOR EACH ROW EXECUTE FUNCTION audit.write();
CREATE TRIGGER customer_audit AFTER INSERT OR UPDATE OR DELETE ON core.customer FOR EACH ROW EXECUTE FUNCTION audit.write();
--- down
DROP TRIGGER customer_audit ON core.customer;
DROP TRIGGER policy_audit ON core.policy;
DROP FUNCTION audit.write();
DROP TABLE audit.log;
--- V3__premium_functions
CREATE FUNCTION core.monthly(p core.policy) RETURNS numeric LANGUAGE sql STABLE AS $$ SELECT round(p.premium / 12, 2) $$;
CREATE FUNCTION core.total_premium(cust integer, OUT n bigint, OUT total numeric) LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT count(*), coalesce(sum(premium), 0) FROM core.policy WHERE customer_id = cust $$;
CREATE PROCEDURE core.end_policies(before date) LANGUAGE plpgsql AS $$ BEGIN UPDATE core.policy SET status = 'ENDED' WHERE upper(valid) <= before; END $$;
--- down
DROP PROCEDURE core.end_policies(date);
DROP FUNCTION core.total_premium(integer);
DROP FUNCTION core.monthly(core.policy);
--- V4__replace_total_premium
CREATE OR REPLACE FUNCTION core.total_premium(cust integer, OUT n bigint, OUT total numeric) LANGUAGE sql STABLE AS $$ SELECT count(*), coalesce(sum(premium), 0.00) FROM core.policy WHERE customer_id = cust AND status <> 'ENDED' $$;
--- down
CREATE OR REPLACE FUNCTION core.total_premium(cust integer, OUT n bigint, OUT total numeric) LANGUAGE sql STABLE AS $$ SELECT count(*), coalesce(sum(premium), 0) FROM core.policy WHERE customer_id = cust $$;
--- V5__customer_view
CREATE VIEW core.v_customer (id, name, policies) WITH (security_barrier = true) AS SELECT c.customer_id, c.full_name, (SELECT count(*) FROM core.policy p WHERE p.customer_id = c.customer_id) FROM core.customer c;
COMMENT ON VIEW core.v_customer IS 'One line per customer';
COMMENT ON COLUMN core.v_customer.policies IS 'all of them';
--- down
DROP VIEW core.v_customer;
--- V6__customer_view_security
DROP VIEW core.v_customer;
CREATE VIEW core.v_customer (id, name, policies) AS SELECT c.customer_id, c.full_name, (SELECT count(*) FROM core.policy p WHERE p.customer_id = c.customer_id AND p.status <> 'ENDED') FROM core.customer c;
COMMENT ON VIEW core.v_customer IS 'One line per customer';
--- down
DROP VIEW core.v_customer;
CREATE VIEW core.v_customer (id, name, policies) WITH (security_barrier = true) AS SELECT c.customer_id, c.full_name, (SELECT count(*) FROM core.policy p WHERE p.customer_id = c.customer_id) FROM core.customer c;
COMMENT ON VIEW core.v_customer IS 'One line per customer';
--- V7__roles
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'insurance_app') THEN CREATE ROLE insurance_app NOLOGIN; END IF; END $$;
GRANT USAGE ON SCHEMA core TO insurance_app;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA core TO insurance_app;
GRANT EXECUTE ON FUNCTION core.total_premium(integer) TO insurance_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA core GRANT SELECT ON TABLES TO insurance_app;
--- down
ALTER DEFAULT PRIVILEGES IN SCHEMA core REVOKE SELECT ON TABLES FROM insurance_app;
REVOKE ALL ON ALL TABLES IN SCHEMA core FROM insurance_app;
REVOKE ALL ON SCHEMA core FROM insurance_app;
--- V8__rebuild_view_grants
CREATE OR REPLACE VIEW core.v_customer (id, name, policies, since) AS SELECT c.customer_id, c.full_name, (SELECT count(*) FROM core.policy p WHERE p.customer_id = c.customer_id AND p.status <> 'ENDED'), c.created_on FROM core.customer c;
--- down
DROP VIEW core.v_customer;
CREATE VIEW core.v_customer (id, name, policies) AS SELECT c.customer_id, c.full_name, (SELECT count(*) FROM core.policy p WHERE p.customer_id = c.customer_id AND p.status <> 'ENDED') FROM core.customer c;
COMMENT ON VIEW core.v_customer IS 'One line per customer';
--- V9__claims_partitioned
CREATE TABLE core.claim (claim_id bigint GENERATED BY DEFAULT AS IDENTITY, policy_no core.policy_no NOT NULL REFERENCES core.policy ON UPDATE CASCADE, filed date NOT NULL, amount numeric(14,2), PRIMARY KEY (claim_id, filed)) PARTITION BY RANGE (filed);
CREATE TABLE core.claim_2021 PARTITION OF core.claim FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE core.claim_2022 PARTITION OF core.claim FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
CREATE INDEX claim_policy_ix ON core.claim (policy_no);
--- down
DROP TABLE core.claim;
--- rows
INSERT INTO core.claim (policy_no, filed, amount) VALUES ('AB1', '2021-03-01', 50), ('AB1', '2022-03-01', NULL);
--- V10__claim_default_partition
CREATE TABLE core.claim_rest PARTITION OF core.claim DEFAULT;
ALTER TABLE core.claim DETACH PARTITION core.claim_2021;
--- down
ALTER TABLE core.claim ATTACH PARTITION core.claim_2021 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
DROP TABLE core.claim_rest;
--- V11__drop_old_partition
DROP TABLE core.claim_2022;
--- down
CREATE TABLE core.claim_2022 PARTITION OF core.claim FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
--- V12__status_lookup
CREATE TABLE core.policy_status (code varchar(10) PRIMARY KEY, label text NOT NULL);
INSERT INTO core.policy_status VALUES ('NEW', 'New'), ('ACTIVE', 'Active'), ('ENDED', 'Ended');
ALTER TABLE core.policy DROP CONSTRAINT policy_status_ck;
ALTER TABLE core.policy ADD CONSTRAINT policy_status_fk FOREIGN KEY (status) REFERENCES core.policy_status (code);
--- down
ALTER TABLE core.policy DROP CONSTRAINT policy_status_fk;
ALTER TABLE core.policy ADD CONSTRAINT policy_status_ck CHECK (status IN ('NEW','ACTIVE','ENDED'));
DROP TABLE core.policy_status;
--- V13__status_lookup_cancelled
INSERT INTO core.policy_status VALUES ('CANCELLED', 'Cancelled');
UPDATE core.policy SET status = 'CANCELLED' WHERE premium = 0;
--- down
UPDATE core.policy SET status = 'ENDED' WHERE status = 'CANCELLED';
DELETE FROM core.policy_status WHERE code = 'CANCELLED';
--- V14__domain_tightened
ALTER DOMAIN core.policy_no ADD CONSTRAINT policy_no_long CHECK (length(VALUE) <= 10);
--- down
ALTER DOMAIN core.policy_no DROP CONSTRAINT IF EXISTS policy_no_len;
--- V15__domain_default
ALTER DOMAIN core.policy_no SET DEFAULT 'XX0';
ALTER DOMAIN core.policy_no SET NOT NULL;
--- down
ALTER DOMAIN core.policy_no DROP NOT NULL;
ALTER DOMAIN core.policy_no DROP DEFAULT;
--- V16__instead_of
CREATE FUNCTION core.v_customer_ins() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO core.customer (full_name) VALUES (NEW.name); RETURN NEW; END $$;
CREATE TRIGGER v_customer_ins INSTEAD OF INSERT ON core.v_customer FOR EACH ROW EXECUTE FUNCTION core.v_customer_ins();
--- down
DROP FUNCTION core.v_customer_ins() CASCADE;
--- V17__constraint_trigger
CREATE FUNCTION core.check_overlap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT FROM core.policy p WHERE p.customer_id = NEW.customer_id AND p.policy_no <> NEW.policy_no AND p.valid && NEW.valid) THEN RAISE EXCEPTION 'overlap'; END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER policy_overlap AFTER INSERT OR UPDATE OF valid ON core.policy DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status <> 'ENDED') EXECUTE FUNCTION core.check_overlap();
--- down
DROP TRIGGER policy_overlap ON core.policy;
DROP FUNCTION core.check_overlap();
--- V18__disable_audit
ALTER TABLE core.customer DISABLE TRIGGER customer_audit;
--- down
ALTER TABLE core.customer ENABLE ALWAYS TRIGGER customer_audit;
--- V19__tax_no_text
ALTER TABLE core.customer ALTER COLUMN tax_no TYPE text;
CREATE STATISTICS core.customer_stats (dependencies, ndistinct) ON full_name, created_on FROM core.customer;
ALTER TABLE core.customer ALTER COLUMN full_name SET STATISTICS 500;
--- down
ALTER TABLE core.customer ALTER COLUMN full_name SET STATISTICS -1;
DROP STATISTICS core.customer_stats;
ALTER TABLE core.customer ALTER COLUMN tax_no TYPE char(11);
--- V20__fillfactor
ALTER TABLE core.policy SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
CLUSTER core.policy USING policy_pkey;
--- down
ALTER TABLE core.policy RESET (fillfactor);
