--- 1580000000001-Init
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE TYPE "public"."courier_status_enum" AS ENUM('idle', 'busy', 'off');
CREATE TABLE "courier" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "name" character varying NOT NULL, "status" "public"."courier_status_enum" NOT NULL DEFAULT 'idle', "createdAt" TIMESTAMP NOT NULL DEFAULT now(), CONSTRAINT "PK_e4d2f9b1c7a8e5f0a1b2c3d4e5f" PRIMARY KEY ("id"));
CREATE TABLE "parcel" ("id" SERIAL NOT NULL, "trackingCode" character varying(40) NOT NULL, "weight" double precision, "courierId" uuid, CONSTRAINT "UQ_9c1d2e3f4a5b6c7d8e9f0a1b2c3" UNIQUE ("trackingCode"), CONSTRAINT "PK_0a9b8c7d6e5f4a3b2c1d0e9f8a7" PRIMARY KEY ("id"));
ALTER TABLE "parcel" ADD CONSTRAINT "FK_11aa22bb33cc44dd55ee66ff778" FOREIGN KEY ("courierId") REFERENCES "courier"("id") ON DELETE SET NULL ON UPDATE NO ACTION;
--- down
ALTER TABLE "parcel" DROP CONSTRAINT "FK_11aa22bb33cc44dd55ee66ff778";
DROP TABLE "parcel";
DROP TABLE "courier";
DROP TYPE "public"."courier_status_enum";
--- rows
INSERT INTO courier (id, name, status) VALUES ('40000000-0000-0000-0000-000000000001', 'Kim', 'busy'), ('40000000-0000-0000-0000-000000000002', 'Lee', 'idle');
INSERT INTO parcel ("trackingCode", weight, "courierId") VALUES ('T1', 1.5, '40000000-0000-0000-0000-000000000001'), ('T2', NULL, NULL);
--- 1580000000002-StatusValues
ALTER TYPE "public"."courier_status_enum" RENAME TO "courier_status_enum_old";
CREATE TYPE "public"."courier_status_enum" AS ENUM('idle', 'busy', 'off', 'sick');
ALTER TABLE "courier" ALTER COLUMN "status" DROP DEFAULT;
ALTER TABLE "courier" ALTER COLUMN "status" TYPE "public"."courier_status_enum" USING "status"::"text"::"public"."courier_status_enum";
ALTER TABLE "courier" ALTER COLUMN "status" SET DEFAULT 'idle';
DROP TYPE "public"."courier_status_enum_old";
--- down
CREATE TYPE "public"."courier_status_enum_old" AS ENUM('idle', 'busy', 'off');
ALTER TABLE "courier" ALTER COLUMN "status" DROP DEFAULT;
ALTER TABLE "courier" ALTER COLUMN "status" TYPE "public"."courier_status_enum_old" USING "status"::"text"::"public"."courier_status_enum_old";
ALTER TABLE "courier" ALTER COLUMN "status" SET DEFAULT 'idle';
DROP TYPE "public"."courier_status_enum";
ALTER TYPE "public"."courier_status_enum_old" RENAME TO "courier_status_enum";
--- 1580000000003-TrackingLength
ALTER TABLE "parcel" DROP CONSTRAINT "UQ_9c1d2e3f4a5b6c7d8e9f0a1b2c3";
ALTER TABLE "parcel" DROP COLUMN "trackingCode";
ALTER TABLE "parcel" ADD "trackingCode" character varying(64);
UPDATE "parcel" SET "trackingCode" = 'X' || "id";
ALTER TABLE "parcel" ALTER COLUMN "trackingCode" SET NOT NULL;
ALTER TABLE "parcel" ADD CONSTRAINT "UQ_9c1d2e3f4a5b6c7d8e9f0a1b2c3" UNIQUE ("trackingCode");
--- down
ALTER TABLE "parcel" DROP CONSTRAINT "UQ_9c1d2e3f4a5b6c7d8e9f0a1b2c3";
ALTER TABLE "parcel" DROP COLUMN "trackingCode";
ALTER TABLE "parcel" ADD "trackingCode" character varying(40) NOT NULL;
ALTER TABLE "parcel" ADD CONSTRAINT "UQ_9c1d2e3f4a5b6c7d8e9f0a1b2c3" UNIQUE ("trackingCode");
--- 1580000000004-Depot
CREATE TABLE "depot" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "city" character varying NOT NULL, "geo" point, CONSTRAINT "PK_depot00000000000000000000001" PRIMARY KEY ("id"));
CREATE TABLE "depot_couriers_courier" ("depotId" uuid NOT NULL, "courierId" uuid NOT NULL, CONSTRAINT "PK_dcc0000000000000000000000001" PRIMARY KEY ("depotId", "courierId"));
CREATE INDEX "IDX_dcc_depot" ON "depot_couriers_courier" ("depotId");
CREATE INDEX "IDX_dcc_courier" ON "depot_couriers_courier" ("courierId");
ALTER TABLE "depot_couriers_courier" ADD CONSTRAINT "FK_dcc_depot" FOREIGN KEY ("depotId") REFERENCES "depot"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "depot_couriers_courier" ADD CONSTRAINT "FK_dcc_courier" FOREIGN KEY ("courierId") REFERENCES "courier"("id") ON DELETE CASCADE ON UPDATE CASCADE;
--- down
ALTER TABLE "depot_couriers_courier" DROP CONSTRAINT "FK_dcc_courier";
ALTER TABLE "depot_couriers_courier" DROP CONSTRAINT "FK_dcc_depot";
DROP INDEX "public"."IDX_dcc_courier";
DROP INDEX "public"."IDX_dcc_depot";
DROP TABLE "depot_couriers_courier";
DROP TABLE "depot";
--- rows
INSERT INTO depot (id, city, geo) VALUES ('50000000-0000-0000-0000-000000000001', 'Oslo', '(1,2)');
INSERT INTO depot_couriers_courier VALUES ('50000000-0000-0000-0000-000000000001', '40000000-0000-0000-0000-000000000001');
--- 1580000000005-FkOnUpdate
ALTER TABLE "depot_couriers_courier" DROP CONSTRAINT "FK_dcc_courier";
ALTER TABLE "depot_couriers_courier" ADD CONSTRAINT "FK_dcc_courier" FOREIGN KEY ("courierId") REFERENCES "courier"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
--- down
ALTER TABLE "depot_couriers_courier" DROP CONSTRAINT "FK_dcc_courier";
ALTER TABLE "depot_couriers_courier" ADD CONSTRAINT "FK_dcc_courier" FOREIGN KEY ("courierId") REFERENCES "courier"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
--- 1580000000006-NullableWeight
ALTER TABLE "parcel" ALTER COLUMN "weight" SET DEFAULT 0;
UPDATE "parcel" SET "weight" = 0 WHERE "weight" IS NULL;
ALTER TABLE "parcel" ALTER COLUMN "weight" SET NOT NULL;
--- down
ALTER TABLE "parcel" ALTER COLUMN "weight" DROP NOT NULL;
ALTER TABLE "parcel" ALTER COLUMN "weight" DROP DEFAULT;
--- 1580000000007-TimestampsTz
ALTER TABLE "courier" ALTER COLUMN "createdAt" TYPE TIMESTAMP WITH TIME ZONE;
ALTER TABLE "courier" ADD "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now();
ALTER TABLE "courier" ADD "deletedAt" TIMESTAMP WITH TIME ZONE;
--- down
ALTER TABLE "courier" DROP COLUMN "deletedAt";
ALTER TABLE "courier" DROP COLUMN "updatedAt";
ALTER TABLE "courier" ALTER COLUMN "createdAt" TYPE TIMESTAMP;
--- 1580000000008-ViewEntity
CREATE TABLE IF NOT EXISTS "typeorm_metadata" ("type" varchar NOT NULL, "database" varchar DEFAULT NULL, "schema" varchar DEFAULT NULL, "table" varchar DEFAULT NULL, "name" varchar DEFAULT NULL, "value" text);
CREATE VIEW "parcel_view" AS SELECT "p"."id", "p"."trackingCode", "c"."name" AS "courierName" FROM "parcel" "p" LEFT JOIN "courier" "c" ON "c"."id" = "p"."courierId";
INSERT INTO "typeorm_metadata"("database", "schema", "table", "type", "name", "value") VALUES (DEFAULT, 'public', DEFAULT, 'VIEW', 'parcel_view', 'SELECT …');
--- down
DELETE FROM "typeorm_metadata" WHERE "type" = 'VIEW' AND "name" = 'parcel_view' AND "schema" = 'public';
DROP VIEW "parcel_view";
--- 1580000000009-ColumnUnderView
DROP VIEW "parcel_view";
ALTER TABLE "parcel" RENAME COLUMN "weight" TO "weightKg";
CREATE VIEW "parcel_view" AS SELECT "p"."id", "p"."trackingCode", "p"."weightKg", "c"."name" AS "courierName" FROM "parcel" "p" LEFT JOIN "courier" "c" ON "c"."id" = "p"."courierId";
--- down
DROP VIEW "parcel_view";
ALTER TABLE "parcel" RENAME COLUMN "weightKg" TO "weight";
--- 1580000000010-CreatedAtUnderView
ALTER TABLE "courier" ALTER COLUMN "name" TYPE text;
--- down
ALTER TABLE "courier" ALTER COLUMN "name" TYPE character varying;
--- 1580000000011-SelfReference
ALTER TABLE "depot" ADD "parentId" uuid;
ALTER TABLE "depot" ADD "mpath" character varying DEFAULT '';
ALTER TABLE "depot" ADD CONSTRAINT "FK_depot_parent" FOREIGN KEY ("parentId") REFERENCES "depot"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
--- down
ALTER TABLE "depot" DROP CONSTRAINT "FK_depot_parent";
ALTER TABLE "depot" DROP COLUMN "mpath";
ALTER TABLE "depot" DROP COLUMN "parentId";
--- 1580000000012-CheckAndExclude
ALTER TABLE "parcel" ADD CONSTRAINT "CHK_weight" CHECK ("weightKg" >= 0);
ALTER TABLE "parcel" ADD "slot" tstzrange;
ALTER TABLE "parcel" ADD CONSTRAINT "XCL_slot" EXCLUDE USING gist ("slot" WITH &&);
--- down
ALTER TABLE "parcel" DROP CONSTRAINT "XCL_slot";
ALTER TABLE "parcel" DROP COLUMN "slot";
ALTER TABLE "parcel" DROP CONSTRAINT "CHK_weight";
--- 1580000000013-SimpleArray
ALTER TABLE "courier" ADD "zones" text;
UPDATE "courier" SET "zones" = 'north,south';
ALTER TABLE "courier" ALTER COLUMN "zones" TYPE text array USING string_to_array("zones", ',');
--- down
ALTER TABLE "courier" DROP COLUMN "zones";
--- 1580000000014-ZonesDefault
ALTER TABLE "courier" ALTER COLUMN "zones" SET DEFAULT '{}';
ALTER TABLE "courier" ALTER COLUMN "zones" SET NOT NULL;
--- down
ALTER TABLE "courier" ALTER COLUMN "zones" DROP DEFAULT;
--- 1580000000015-PkToBigint
ALTER TABLE "parcel" DROP CONSTRAINT "PK_0a9b8c7d6e5f4a3b2c1d0e9f8a7";
ALTER TABLE "parcel" DROP COLUMN "id" CASCADE;
ALTER TABLE "parcel" ADD "id" BIGSERIAL NOT NULL;
ALTER TABLE "parcel" ADD CONSTRAINT "PK_0a9b8c7d6e5f4a3b2c1d0e9f8a7" PRIMARY KEY ("id");
--- down
ALTER TABLE "parcel" DROP CONSTRAINT "PK_0a9b8c7d6e5f4a3b2c1d0e9f8a7";
ALTER TABLE "parcel" DROP COLUMN "id";
ALTER TABLE "parcel" ADD "id" SERIAL NOT NULL;
ALTER TABLE "parcel" ADD CONSTRAINT "PK_0a9b8c7d6e5f4a3b2c1d0e9f8a7" PRIMARY KEY ("id");
--- 1580000000016-LogTable
CREATE TABLE "log" ("id" SERIAL NOT NULL, "payload" json, "severity" smallint NOT NULL DEFAULT '3', CONSTRAINT "PK_log" PRIMARY KEY ("id"));
CREATE INDEX "IDX_log_severity" ON "log" ("severity");
--- down
DROP INDEX "IDX_log_severity";
DROP TABLE "log";
--- rows
INSERT INTO log (payload) VALUES ('{"a": [1, 2]}'), (NULL);
--- 1580000000017-LogJsonb
ALTER TABLE "log" ALTER COLUMN "payload" TYPE jsonb USING "payload"::jsonb;
DROP INDEX "IDX_log_severity";
CREATE INDEX "IDX_log_severity" ON "log" ("severity" DESC);
--- down
DROP INDEX "IDX_log_severity";
CREATE INDEX "IDX_log_severity" ON "log" ("severity");
ALTER TABLE "log" ALTER COLUMN "payload" TYPE json USING "payload"::json;
--- 1580000000018-DropLog
DROP TABLE "log";
--- down
CREATE TABLE "log" ("id" SERIAL NOT NULL, "payload" json, "severity" smallint NOT NULL DEFAULT '3', CONSTRAINT "PK_log" PRIMARY KEY ("id"));
CREATE INDEX "IDX_log_severity" ON "log" ("severity");
