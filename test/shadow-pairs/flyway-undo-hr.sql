--- V1__baseline
CREATE TABLE department (dept_no char(4) NOT NULL CONSTRAINT pk_department PRIMARY KEY, dept_name varchar(40) NOT NULL CONSTRAINT uq_department_name UNIQUE);
CREATE TABLE employee (
  emp_no integer NOT NULL,
  birth_date date NOT NULL,
  first_name varchar(14) NOT NULL,
  last_name varchar(16) NOT NULL,
  gender char(1) NOT NULL CONSTRAINT ck_gender CHECK (gender IN ('M', 'F')),
  hire_date date NOT NULL,
  CONSTRAINT pk_employee PRIMARY KEY (emp_no)
);
CREATE TABLE salary (
  emp_no integer NOT NULL CONSTRAINT fk_salary_employee REFERENCES employee ON DELETE CASCADE,
  amount integer NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  CONSTRAINT pk_salary PRIMARY KEY (emp_no, from_date)
);
CREATE SEQUENCE employee_no_seq START 10000 INCREMENT 10 MINVALUE 100 MAXVALUE 999999 CACHE 20 CYCLE;
--- down
DROP SEQUENCE employee_no_seq;
DROP TABLE salary, employee, department;
--- rows
INSERT INTO department VALUES ('d001','Marketing'),('d002','R&D');
INSERT INTO employee VALUES (1,'1960-01-01','G','F','M','1990-01-01'),(2,'1970-01-01','B','S','F','1991-01-01');
INSERT INTO salary VALUES (1,100,'1990-01-01','1991-01-01'),(1,110,'1991-01-01','9999-01-01'),(2,90,'1991-01-01','9999-01-01');
--- V2__gender
ALTER TABLE employee DROP CONSTRAINT ck_gender;
ALTER TABLE employee ALTER COLUMN gender DROP NOT NULL;
ALTER TABLE employee ALTER COLUMN gender TYPE varchar(10);
--- down
UPDATE employee SET gender = 'M' WHERE gender NOT IN ('M','F') OR gender IS NULL;
ALTER TABLE employee ALTER COLUMN gender TYPE char(1);
ALTER TABLE employee ALTER COLUMN gender SET NOT NULL;
ALTER TABLE employee ADD CONSTRAINT ck_gender CHECK (gender IN ('M', 'F'));
--- V3__sequence
ALTER SEQUENCE employee_no_seq INCREMENT 1 NO CYCLE OWNED BY employee.emp_no;
ALTER TABLE employee ALTER emp_no SET DEFAULT nextval('employee_no_seq');
--- down
ALTER TABLE employee ALTER emp_no DROP DEFAULT;
ALTER SEQUENCE employee_no_seq INCREMENT 10 CYCLE;
--- V4__dept_emp
CREATE TABLE dept_emp (emp_no int, dept_no char(4), from_date date, to_date date,
  CONSTRAINT pk_dept_emp PRIMARY KEY (emp_no, dept_no),
  CONSTRAINT fk_de_emp FOREIGN KEY (emp_no) REFERENCES employee (emp_no) MATCH FULL ON DELETE RESTRICT DEFERRABLE,
  CONSTRAINT fk_de_dept FOREIGN KEY (dept_no) REFERENCES department (dept_no) NOT VALID);
--- down
DROP TABLE dept_emp;
--- rows
INSERT INTO dept_emp VALUES (1,'d001','1990-01-01',NULL),(2,'d002',NULL,NULL);
--- V5__validate_fk
ALTER TABLE dept_emp VALIDATE CONSTRAINT fk_de_dept;
--- down
ALTER TABLE dept_emp DROP CONSTRAINT fk_de_dept, ADD CONSTRAINT fk_de_dept FOREIGN KEY (dept_no) REFERENCES department (dept_no) NOT VALID;
--- V6__current_views
CREATE VIEW dept_emp_latest AS SELECT emp_no, max(from_date) AS from_date FROM dept_emp GROUP BY emp_no;
CREATE VIEW current_dept_emp WITH (security_barrier) AS SELECT l.emp_no, d.dept_no FROM dept_emp d JOIN dept_emp_latest l USING (emp_no);
--- down
DROP VIEW current_dept_emp, dept_emp_latest;
--- V7__view_replaced
DROP VIEW current_dept_emp;
CREATE VIEW current_dept_emp AS SELECT l.emp_no, d.dept_no, d.to_date FROM dept_emp d JOIN dept_emp_latest l USING (emp_no) WHERE d.to_date IS NULL WITH LOCAL CHECK OPTION;
--- down
DROP VIEW current_dept_emp;
CREATE VIEW current_dept_emp AS SELECT l.emp_no, d.dept_no FROM dept_emp d JOIN dept_emp_latest l USING (emp_no);
--- V7_1__view_replaced
DROP VIEW current_dept_emp;
CREATE VIEW current_dept_emp AS SELECT l.emp_no, d.dept_no, d.to_date FROM dept_emp d JOIN dept_emp_latest l USING (emp_no) WHERE d.to_date IS NULL;
--- down
DROP VIEW current_dept_emp;
CREATE VIEW current_dept_emp AS SELECT l.emp_no, d.dept_no FROM dept_emp d JOIN dept_emp_latest l USING (emp_no);
--- V8__history
CREATE TABLE employee_history (LIKE employee INCLUDING DEFAULTS INCLUDING CONSTRAINTS, changed_at timestamptz NOT NULL DEFAULT now(), changed_by name NOT NULL DEFAULT current_user);
CREATE FUNCTION log_employee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO employee_history SELECT OLD.*;
  RETURN NULL;
END $$;
CREATE TRIGGER trg_log AFTER UPDATE OR DELETE ON employee FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION log_employee();
--- down
DROP TRIGGER trg_log ON employee;
DROP FUNCTION log_employee();
DROP TABLE employee_history;
--- V9__disable_trigger
ALTER TABLE employee DISABLE TRIGGER trg_log;
UPDATE employee SET first_name = upper(first_name);
ALTER TABLE employee ENABLE ALWAYS TRIGGER trg_log;
--- down
ALTER TABLE employee DISABLE TRIGGER trg_log;
UPDATE employee SET first_name = initcap(first_name);
ALTER TABLE employee ENABLE TRIGGER trg_log;
--- V10__managers
ALTER TABLE employee ADD COLUMN manager_no integer CONSTRAINT fk_manager REFERENCES employee DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX ix_manager ON employee (manager_no);
--- down
ALTER TABLE employee DROP COLUMN manager_no;
--- V11__dept_int_key
ALTER TABLE department ADD COLUMN id serial;
ALTER TABLE department DROP CONSTRAINT pk_department CASCADE;
ALTER TABLE department ADD CONSTRAINT pk_department PRIMARY KEY (id);
ALTER TABLE department ADD CONSTRAINT uq_department_no UNIQUE (dept_no);
--- down
ALTER TABLE department DROP CONSTRAINT pk_department;
ALTER TABLE department DROP COLUMN id;
ALTER TABLE department DROP CONSTRAINT uq_department_no;
ALTER TABLE department ADD CONSTRAINT pk_department PRIMARY KEY (dept_no);
--- V12__proc
CREATE OR REPLACE PROCEDURE raise_salary(IN p_emp int, INOUT p_amount int) LANGUAGE plpgsql AS $$
BEGIN
  UPDATE salary SET amount = amount + p_amount WHERE emp_no = p_emp AND to_date > current_date RETURNING amount INTO p_amount;
END $$;
--- down
DROP PROCEDURE raise_salary(int, int);
--- V13__inherit
CREATE TABLE person (id int, name text NOT NULL, born date DEFAULT '1900-01-01');
CREATE TABLE contractor (rate numeric(8,2) CHECK (rate > 0)) INHERITS (person);
--- down
DROP TABLE person CASCADE;
--- V14__no_inherit
ALTER TABLE contractor NO INHERIT person;
--- down
ALTER TABLE contractor INHERIT person;
--- V15__typed
ALTER TABLE person ADD COLUMN email text;
ALTER TABLE contractor ADD COLUMN email text;
ALTER TABLE contractor INHERIT person;
--- down
ALTER TABLE person DROP COLUMN email;
ALTER TABLE contractor NO INHERIT person;
--- V16__operator
CREATE FUNCTION approx(numeric, numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1 - $2) < 0.01';
CREATE OPERATOR ~== (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = approx, COMMUTATOR = ~==);
CREATE CAST (employee AS text) WITH FUNCTION to_text(employee);
--- down
DROP OPERATOR ~== (numeric, numeric);
DROP FUNCTION approx(numeric, numeric);
--- V16_1__operator
CREATE FUNCTION approx(numeric, numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1 - $2) < 0.01';
CREATE OPERATOR ~== (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = approx, COMMUTATOR = ~==);
--- down
DROP OPERATOR ~== (numeric, numeric);
DROP FUNCTION approx(numeric, numeric);
--- V17__collation
CREATE COLLATION german (provider = icu, locale = 'de-u-co-phonebk');
ALTER TABLE department ALTER dept_name TYPE varchar(40) COLLATE german;
--- down
ALTER TABLE department ALTER dept_name TYPE varchar(40);
DROP COLLATION german;
