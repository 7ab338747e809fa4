const words = (list: string): readonly string[] => list.trim().split(/\s+/);

// pg_opclass of PostgreSQL 18: each class, with the type that it is for where its name does not say it.
const classes: Readonly<Record<string, string>> = {
  brin: `
    bit_minmax_ops=bit box_inclusion_ops=box bpchar_bloom_ops=bpchar bpchar_minmax_ops=bpchar bytea_bloom_ops=bytea
    bytea_minmax_ops=bytea char_bloom_ops=char char_minmax_ops=char date_bloom_ops=date date_minmax_multi_ops=date
    date_minmax_ops=date float4_bloom_ops=float4 float4_minmax_multi_ops=float4 float4_minmax_ops=float4
    float8_bloom_ops=float8 float8_minmax_multi_ops=float8 float8_minmax_ops=float8 inet_bloom_ops=inet
    inet_inclusion_ops=inet inet_minmax_multi_ops=inet inet_minmax_ops=inet int2_bloom_ops=int2
    int2_minmax_multi_ops=int2 int2_minmax_ops=int2 int4_bloom_ops=int4 int4_minmax_multi_ops=int4
    int4_minmax_ops=int4 int8_bloom_ops=int8 int8_minmax_multi_ops=int8 int8_minmax_ops=int8
    interval_bloom_ops=interval interval_minmax_multi_ops=interval interval_minmax_ops=interval
    macaddr8_bloom_ops=macaddr8 macaddr8_minmax_multi_ops=macaddr8 macaddr8_minmax_ops=macaddr8
    macaddr_bloom_ops=macaddr macaddr_minmax_multi_ops=macaddr macaddr_minmax_ops=macaddr name_bloom_ops=name
    name_minmax_ops=name numeric_bloom_ops=numeric numeric_minmax_multi_ops=numeric numeric_minmax_ops=numeric
    oid_bloom_ops=oid oid_minmax_multi_ops=oid oid_minmax_ops=oid pg_lsn_bloom_ops=pg_lsn
    pg_lsn_minmax_multi_ops=pg_lsn pg_lsn_minmax_ops=pg_lsn range_inclusion_ops=anyrange text_bloom_ops=text
    text_minmax_ops=text tid_bloom_ops=tid tid_minmax_multi_ops=tid tid_minmax_ops=tid time_bloom_ops=time
    time_minmax_multi_ops=time time_minmax_ops=time timestamp_bloom_ops=timestamp
    timestamp_minmax_multi_ops=timestamp timestamp_minmax_ops=timestamp timestamptz_bloom_ops=timestamptz
    timestamptz_minmax_multi_ops=timestamptz timestamptz_minmax_ops=timestamptz timetz_bloom_ops=timetz
    timetz_minmax_multi_ops=timetz timetz_minmax_ops=timetz uuid_bloom_ops=uuid uuid_minmax_multi_ops=uuid
    uuid_minmax_ops=uuid varbit_minmax_ops=varbit`,
  btree: `
    array_ops=anyarray bit_ops bool_ops bpchar_ops bpchar_pattern_ops=bpchar bytea_ops char_ops cidr_ops=inet
    date_ops enum_ops=anyenum float4_ops float8_ops inet_ops int2_ops int4_ops int8_ops interval_ops jsonb_ops
    macaddr8_ops macaddr_ops money_ops multirange_ops=anymultirange name_ops numeric_ops oid_ops oidvector_ops
    pg_lsn_ops range_ops=anyrange record_image_ops=record record_ops text_ops text_pattern_ops=text tid_ops time_ops
    timestamp_ops timestamptz_ops timetz_ops tsquery_ops tsvector_ops uuid_ops varbit_ops varchar_ops=text
    varchar_pattern_ops=text xid8_ops`,
  gin: `
    array_ops=anyarray jsonb_ops jsonb_path_ops=jsonb tsvector_ops`,
  gist: `
    box_ops circle_ops inet_ops multirange_ops=anymultirange point_ops poly_ops=polygon range_ops=anyrange
    tsquery_ops tsvector_ops`,
  hash: `
    aclitem_ops array_ops=anyarray bool_ops bpchar_ops bpchar_pattern_ops=bpchar bytea_ops char_ops cid_ops
    cidr_ops=inet date_ops enum_ops=anyenum float4_ops float8_ops inet_ops int2_ops int4_ops int8_ops interval_ops
    jsonb_ops macaddr8_ops macaddr_ops multirange_ops=anymultirange name_ops numeric_ops oid_ops oidvector_ops
    pg_lsn_ops range_ops=anyrange record_ops text_ops text_pattern_ops=text tid_ops time_ops timestamp_ops
    timestamptz_ops timetz_ops uuid_ops varchar_ops=text varchar_pattern_ops=text xid8_ops xid_ops`,
  spgist: `
    box_ops inet_ops kd_point_ops=point poly_ops=polygon quad_point_ops=point range_ops=anyrange text_ops`,
};

const typesByMethod: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(classes).map(([method, list]) => [
    method,
    new Map(
      words(list).map((entry): [string, string] => {
        const [name = '', type = name.replace(/_ops$/, '')] = entry.split('=');
        return [name, type];
      }),
    ),
  ]),
);

/** The type that one of the server's own operator classes is for; null when the method has no such class. */
export const typeOfOperatorClass = (method: string, name: string): string | null =>
  typesByMethod.get(method)?.get(name) ?? null;

/** True when the name is one that the server has for some method. */
export const isOperatorClass = (name: string): boolean => [...typesByMethod.values()].some((types) => types.has(name));
