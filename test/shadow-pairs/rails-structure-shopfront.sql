--- 20190304101500_create_products
CREATE TABLE "products" ("id" bigserial primary key, "title" character varying NOT NULL, "price_cents" integer DEFAULT 0 NOT NULL, "price_currency" character varying DEFAULT 'EUR' NOT NULL, "created_at" timestamp(6) without time zone NOT NULL, "updated_at" timestamp(6) without time zone NOT NULL);
CREATE INDEX "index_products_on_title" ON "products" ("title");
--- down
DROP TABLE "products";
--- rows
INSERT INTO products (title, price_cents, created_at, updated_at) VALUES ('Cup', 500, '2020-01-01', '2020-01-01'), ('Pot', 1500, '2020-01-02', '2020-01-03');
--- 20190304102000_create_categories
CREATE TABLE "categories" ("id" bigserial primary key, "name" character varying, "parent_id" bigint, "lft" integer, "rgt" integer, CONSTRAINT "fk_rails_82f48f7407" FOREIGN KEY ("parent_id") REFERENCES "categories" ("id"));
CREATE TABLE "categories_products" ("category_id" bigint NOT NULL, "product_id" bigint NOT NULL);
CREATE INDEX "index_categories_products_on_category_id_and_product_id" ON "categories_products" ("category_id", "product_id");
ALTER TABLE "categories_products" ADD CONSTRAINT "fk_rails_1e2f3a4b5c" FOREIGN KEY ("category_id") REFERENCES "categories" ("id");
--- down
DROP TABLE "categories_products";
DROP TABLE "categories";
--- rows
INSERT INTO categories (name, parent_id) VALUES ('Kitchen', NULL), ('Cups', 1);
INSERT INTO categories_products VALUES (2, 1), (1, 2);
--- 20190310080000_add_sku_to_products
ALTER TABLE "products" ADD "sku" character varying(32);
UPDATE "products" SET "sku" = 'P-' || id;
ALTER TABLE "products" ALTER COLUMN "sku" SET NOT NULL;
CREATE UNIQUE INDEX "index_products_on_sku" ON "products" ("sku");
--- down
DROP INDEX "index_products_on_sku";
ALTER TABLE "products" DROP COLUMN "sku";
--- 20190312120000_change_price_to_decimal
ALTER TABLE "products" ALTER COLUMN "price_cents" TYPE numeric(10,2) USING price_cents / 100.0;
ALTER TABLE "products" RENAME COLUMN "price_cents" TO "price";
--- down
ALTER TABLE "products" RENAME COLUMN "price" TO "price_cents";
ALTER TABLE "products" ALTER COLUMN "price_cents" TYPE integer USING (price_cents * 100)::integer;
--- 20190315090000_remove_lft_rgt
ALTER TABLE "categories" DROP COLUMN "lft";
ALTER TABLE "categories" DROP COLUMN "rgt";
--- down
ALTER TABLE "categories" ADD "lft" integer;
ALTER TABLE "categories" ADD "rgt" integer;
--- 20190401000000_create_orders
CREATE SEQUENCE order_number_seq START 1000 INCREMENT BY 1;
CREATE TABLE "orders" ("id" uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY, "number" bigint DEFAULT nextval('order_number_seq'::regclass) NOT NULL, "state" character varying DEFAULT 'cart' NOT NULL, "total" decimal(12,2), "metadata" hstore, "placed_at" timestamp);
--- down
DROP TABLE "orders";
DROP SEQUENCE order_number_seq;
--- 20190401000001_create_orders_jsonb
CREATE SEQUENCE order_number_seq START 1000 INCREMENT BY 1;
CREATE TABLE "orders" ("id" uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY, "number" bigint DEFAULT nextval('order_number_seq'::regclass) NOT NULL, "state" character varying DEFAULT 'cart' NOT NULL, "total" decimal(12,2), "metadata" jsonb DEFAULT '{}', "placed_at" timestamp);
CREATE TABLE "line_items" ("id" bigserial primary key, "order_id" uuid NOT NULL, "product_id" bigint NOT NULL, "quantity" integer DEFAULT 1 NOT NULL, CONSTRAINT "fk_rails_2dc2e5c22c" FOREIGN KEY ("order_id") REFERENCES "orders" ("id"), CONSTRAINT "fk_rails_11e15d5c6b" FOREIGN KEY ("product_id") REFERENCES "products" ("id"));
CREATE INDEX "index_line_items_on_order_id" ON "line_items" ("order_id");
CREATE INDEX "index_line_items_on_product_id" ON "line_items" ("product_id");
--- down
DROP TABLE "line_items";
DROP TABLE "orders";
DROP SEQUENCE "order_number_seq";
--- rows
INSERT INTO orders (id, total, metadata) VALUES ('30000000-0000-0000-0000-000000000001', 25, '{"a":1}'), ('30000000-0000-0000-0000-000000000002', NULL, NULL);
INSERT INTO line_items (order_id, product_id, quantity) VALUES ('30000000-0000-0000-0000-000000000001', 1, 2), ('30000000-0000-0000-0000-000000000001', 2, 1);
--- 20190410000000_own_order_number_seq
ALTER SEQUENCE order_number_seq OWNED BY orders.number;
--- down
ALTER SEQUENCE order_number_seq OWNED BY NONE;
--- 20190411000000_order_state_check
ALTER TABLE orders ADD CONSTRAINT state_is_known CHECK (state IN ('cart', 'placed', 'shipped', 'returned')) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT state_is_known;
--- down
ALTER TABLE orders DROP CONSTRAINT state_is_known;
--- 20190412000000_order_state_check_more
ALTER TABLE orders DROP CONSTRAINT state_is_known;
ALTER TABLE orders ADD CONSTRAINT state_is_known CHECK (state IN ('cart', 'placed', 'paid', 'shipped', 'returned'));
--- down
ALTER TABLE orders DROP CONSTRAINT state_is_known;
ALTER TABLE orders ADD CONSTRAINT state_is_known CHECK (state IN ('cart', 'placed', 'shipped', 'returned')) NOT VALID;
--- 20190420000000_rename_line_items
ALTER TABLE "line_items" RENAME TO "order_lines";
ALTER TABLE "public"."line_items_id_seq" RENAME TO "order_lines_id_seq";
ALTER INDEX "line_items_pkey" RENAME TO "order_lines_pkey";
ALTER INDEX "index_line_items_on_order_id" RENAME TO "index_order_lines_on_order_id";
ALTER INDEX "index_line_items_on_product_id" RENAME TO "index_order_lines_on_product_id";
--- down
ALTER TABLE "order_lines" RENAME TO "line_items";
ALTER TABLE "public"."order_lines_id_seq" RENAME TO "line_items_id_seq";
ALTER INDEX "order_lines_pkey" RENAME TO "line_items_pkey";
ALTER INDEX "index_order_lines_on_order_id" RENAME TO "index_line_items_on_order_id";
ALTER INDEX "index_order_lines_on_product_id" RENAME TO "index_line_items_on_product_id";
--- 20190501000000_polymorphic_comments
CREATE TABLE "comments" ("id" bigserial primary key, "body" text, "commentable_type" character varying NOT NULL, "commentable_id" bigint NOT NULL, "deleted_at" timestamp);
CREATE INDEX "index_comments_on_commentable" ON "comments" ("commentable_type", "commentable_id") WHERE deleted_at IS NULL;
--- down
DROP INDEX "index_comments_on_commentable";
--- 20190502000000_comment_author
ALTER TABLE "comments" ADD "author_name" character varying DEFAULT 'Anonymous' NOT NULL;
ALTER TABLE "comments" ALTER COLUMN "body" SET NOT NULL;
--- down
ALTER TABLE "comments" ALTER COLUMN "body" DROP NOT NULL;
ALTER TABLE "comments" DROP COLUMN "author_name";
--- rows
INSERT INTO comments (body, commentable_type, commentable_id) VALUES ('good', 'Product', 1), ('bad', 'Order', 7);
--- 20190503000000_remove_author_name_default
ALTER TABLE "comments" ALTER COLUMN "author_name" DROP DEFAULT;
--- down
ALTER TABLE "comments" ALTER COLUMN "author_name" SET DEFAULT 'anonymous';
--- 20190601000000_top_products_matview
CREATE MATERIALIZED VIEW "top_products" AS SELECT p.id, p.title, sum(l.quantity) AS sold FROM products p JOIN order_lines l ON l.product_id = p.id GROUP BY p.id, p.title WITH NO DATA;
CREATE UNIQUE INDEX "index_top_products_on_id" ON "top_products" ("id");
REFRESH MATERIALIZED VIEW "top_products";
--- down
DROP MATERIALIZED VIEW "top_products";
--- 20190602000000_top_products_v2
DROP MATERIALIZED VIEW "top_products";
CREATE MATERIALIZED VIEW "top_products" AS SELECT p.id, p.title, sum(l.quantity) AS sold, sum(l.quantity * p.price) AS revenue FROM products p JOIN order_lines l ON l.product_id = p.id GROUP BY p.id, p.title;
CREATE UNIQUE INDEX "index_top_products_on_id" ON "top_products" ("id");
--- down
DROP MATERIALIZED VIEW "top_products";
CREATE MATERIALIZED VIEW "top_products" AS SELECT p.id, p.title, sum(l.quantity) AS sold FROM products p JOIN order_lines l ON l.product_id = p.id GROUP BY p.id, p.title;
--- 20190701000000_search_vector
ALTER TABLE products ADD COLUMN search tsvector;
CREATE INDEX products_search_idx ON products USING gin (search);
CREATE FUNCTION products_search_update() RETURNS trigger AS $$
begin
  new.search := to_tsvector('pg_catalog.english', coalesce(new.title, '') || ' ' || coalesce(new.sku, ''));
  return new;
end
$$ LANGUAGE plpgsql;
CREATE TRIGGER products_search BEFORE INSERT OR UPDATE ON products FOR EACH ROW EXECUTE FUNCTION products_search_update();
UPDATE products SET updated_at = updated_at;
--- down
DROP TRIGGER products_search ON products;
DROP FUNCTION products_search_update();
ALTER TABLE products DROP COLUMN search;
--- 20190702000000_touch_all
UPDATE products SET updated_at = '2021-01-01 00:00:00';
--- down
SELECT 1;
--- 20190801000000_uuid_to_order_reference
ALTER TABLE orders ADD COLUMN reference character varying;
UPDATE orders SET reference = 'R' || number;
ALTER TABLE orders DROP COLUMN number;
--- down
ALTER TABLE orders ADD COLUMN number bigint;
UPDATE orders SET number = substr(reference, 2)::bigint;
ALTER TABLE orders ALTER COLUMN number SET NOT NULL;
ALTER TABLE orders DROP COLUMN reference;
