--- 1a2b_init
CREATE TABLE warehouse (
    id SERIAL NOT NULL, 
    code VARCHAR(10) NOT NULL, 
    capacity INTEGER, 
    PRIMARY KEY (id), 
    UNIQUE (code)
);
CREATE TABLE item (
    id SERIAL NOT NULL, 
    sku VARCHAR(32) NOT NULL, 
    weight FLOAT, 
    created TIMESTAMP WITHOUT TIME ZONE DEFAULT now(), 
    PRIMARY KEY (id)
);
CREATE INDEX ix_item_sku ON item (sku);
CREATE TABLE stock (
    warehouse_id INTEGER NOT NULL, 
    item_id INTEGER NOT NULL, 
    qty INTEGER NOT NULL, 
    PRIMARY KEY (warehouse_id, item_id), 
    FOREIGN KEY(warehouse_id) REFERENCES warehouse (id), 
    FOREIGN KEY(item_id) REFERENCES item (id)
);
--- down
DROP TABLE stock;
DROP INDEX ix_item_sku;
DROP TABLE item;
DROP TABLE warehouse;
--- rows
INSERT INTO warehouse (code, capacity) VALUES ('W1', 10), ('W2', NULL);
INSERT INTO item (sku, weight) VALUES ('i1', 0.5), ('i2', NULL), ('i3', 7);
INSERT INTO stock VALUES (1,1,5),(1,2,0),(2,1,9);
--- 2b3c_unique_sku
DROP INDEX ix_item_sku;
CREATE UNIQUE INDEX ix_item_sku ON item (sku);
--- down
DROP INDEX ix_item_sku;
CREATE INDEX ix_item_sku ON item (sku);
--- 3c4d_qty_check
ALTER TABLE stock ADD CONSTRAINT ck_stock_qty CHECK (qty >= 0);
ALTER TABLE stock ALTER COLUMN qty SET DEFAULT 0;
--- down
ALTER TABLE stock DROP CONSTRAINT ck_stock_qty;
--- 4d5e_enum
CREATE TYPE movementkind AS ENUM ('IN', 'OUT', 'ADJUST');
CREATE TABLE movement (
    id BIGSERIAL NOT NULL, 
    item_id INTEGER NOT NULL, 
    kind movementkind NOT NULL, 
    qty INTEGER NOT NULL, 
    at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL, 
    note VARCHAR, 
    CONSTRAINT pk_movement PRIMARY KEY (id), 
    CONSTRAINT fk_movement_item_id_item FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE CASCADE
);
--- down
DROP TABLE movement;
--- rows
INSERT INTO movement (item_id, kind, qty, note) VALUES (1,'IN',5,'n'),(2,'OUT',-1,NULL);
--- 5e6f_note_not_null
UPDATE movement SET note = '' WHERE note IS NULL;
ALTER TABLE movement ALTER COLUMN note SET NOT NULL;
ALTER TABLE movement ALTER COLUMN note TYPE VARCHAR(200);
--- down
ALTER TABLE movement ALTER COLUMN note TYPE VARCHAR;
ALTER TABLE movement ALTER COLUMN note DROP NOT NULL;
--- 6f70_drop_weight
ALTER TABLE item DROP COLUMN weight;
--- down
ALTER TABLE item ADD COLUMN weight DOUBLE PRECISION;
--- 7071_self_ref
ALTER TABLE item ADD COLUMN parent_id INTEGER;
ALTER TABLE item ADD FOREIGN KEY(parent_id) REFERENCES item (id);
CREATE INDEX ix_item_parent_id ON item (parent_id);
--- down
DROP INDEX ix_item_parent_id;
ALTER TABLE item DROP CONSTRAINT item_parent_id_fkey;
ALTER TABLE item DROP COLUMN parent_id;
--- 8172_batch
CREATE TABLE batch (id SERIAL NOT NULL, item_id INTEGER, expires DATE, PRIMARY KEY (id), FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE SET NULL);
ALTER TABLE stock ADD COLUMN batch_id INTEGER;
ALTER TABLE stock DROP CONSTRAINT stock_pkey;
ALTER TABLE stock ADD COLUMN id SERIAL;
ALTER TABLE stock ADD CONSTRAINT stock_pkey PRIMARY KEY (id);
ALTER TABLE stock ADD CONSTRAINT fk_stock_batch FOREIGN KEY(batch_id) REFERENCES batch (id);
--- down
ALTER TABLE stock DROP CONSTRAINT fk_stock_batch;
ALTER TABLE stock DROP CONSTRAINT stock_pkey;
ALTER TABLE stock DROP COLUMN id;
ALTER TABLE stock DROP COLUMN batch_id;
ALTER TABLE stock ADD CONSTRAINT stock_pkey PRIMARY KEY (item_id, warehouse_id);
DROP TABLE batch;
--- 9273_trgm
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX ix_item_sku_trgm ON item USING gin (sku gin_trgm_ops);
--- down
DROP INDEX ix_item_sku_trgm;
DROP EXTENSION pg_trgm;
--- a374_hstore
CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;
ALTER TABLE item ADD COLUMN attrs hstore DEFAULT ''::hstore NOT NULL;
CREATE INDEX ix_item_attrs ON item USING gist (attrs);
--- down
ALTER TABLE item DROP COLUMN attrs;
DROP EXTENSION IF EXISTS hstore;
--- b475_ltree
CREATE EXTENSION ltree;
CREATE TABLE location (path ltree PRIMARY KEY, label text);
CREATE INDEX location_path_gist ON location USING gist (path);
--- down
DROP TABLE location;
DROP EXTENSION ltree;
--- c576_array_default
ALTER TABLE item ADD COLUMN labels VARCHAR(20)[] DEFAULT ARRAY[]::varchar[] NOT NULL;
ALTER TABLE item ADD COLUMN dims NUMERIC(6, 2)[3];
--- down
ALTER TABLE item DROP COLUMN dims;
ALTER TABLE item DROP COLUMN labels;
--- d677_kind_text
ALTER TABLE movement ALTER COLUMN kind TYPE VARCHAR(16) USING kind::text;
DROP TYPE movementkind;
--- down
CREATE TYPE movementkind AS ENUM ('ADJUST', 'IN', 'OUT');
ALTER TABLE movement ALTER COLUMN kind TYPE movementkind USING kind::movementkind;
--- e778_timestamps
ALTER TABLE item ALTER COLUMN created TYPE TIMESTAMP WITH TIME ZONE USING created AT TIME ZONE 'UTC';
ALTER TABLE item ALTER COLUMN created SET DEFAULT timezone('utc', now());
--- down
ALTER TABLE item ALTER COLUMN created TYPE TIMESTAMP WITHOUT TIME ZONE USING created AT TIME ZONE 'UTC';
ALTER TABLE item ALTER COLUMN created SET DEFAULT now();
--- f879_naming
ALTER TABLE warehouse RENAME CONSTRAINT warehouse_code_key TO uq_warehouse_code;
ALTER TABLE warehouse DROP CONSTRAINT warehouse_pkey CASCADE;
ALTER TABLE warehouse ADD CONSTRAINT pk_warehouse PRIMARY KEY (id);
ALTER TABLE stock ADD CONSTRAINT fk_stock_warehouse_id_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouse (id);
--- down
ALTER TABLE stock DROP CONSTRAINT fk_stock_warehouse_id_warehouse;
ALTER TABLE warehouse DROP CONSTRAINT pk_warehouse;
ALTER TABLE warehouse ADD PRIMARY KEY (id);
ALTER TABLE stock ADD FOREIGN KEY (warehouse_id) REFERENCES warehouse (id);
ALTER TABLE warehouse RENAME CONSTRAINT uq_warehouse_code TO warehouse_code_key;
--- 0a9b_merge_data
UPDATE warehouse SET capacity = coalesce(capacity, 0);
DELETE FROM stock WHERE qty = 0;
--- down
--- 0b9c_generated
ALTER TABLE movement ADD COLUMN day DATE GENERATED ALWAYS AS ((at AT TIME ZONE 'UTC')::date) STORED;
CREATE INDEX ix_movement_day ON movement (day);
--- down
ALTER TABLE movement DROP COLUMN day;
--- 0c9d_drop_expression
ALTER TABLE movement ALTER COLUMN day DROP EXPRESSION;
--- down
ALTER TABLE movement DROP COLUMN day;
ALTER TABLE movement ADD COLUMN day DATE GENERATED ALWAYS AS ((at AT TIME ZONE 'UTC')::date) STORED;
