import * as z from 'zod';
import { connectionIdSchema } from './ids.ts';

/** libpq's `sslmode` values; the meaning is libpq's too. https://www.postgresql.org/docs/current/libpq-ssl.html */
export const tlsModeSchema = z.enum(['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']);
export type TlsMode = z.infer<typeof tlsModeSchema>;

/** What a database is for; `sample` is the embedded one. */
export const environmentSchema = z.enum(['development', 'staging', 'production', 'sample']);
export type Environment = z.infer<typeof environmentSchema>;

/** How to reach a database, without any secret. */
export const connectionSettingsSchema = z.object({
  host: z.string().min(1).max(255),
  port: z.number().int().min(1).max(65535),
  database: z.string().min(1).max(63),
  user: z.string().min(1).max(63),
  tls: tlsModeSchema,
  /** Path of a PEM file with the root certificates, for `verify-ca` and `verify-full`. */
  rootCertificate: z.string().nullable(),
});
export type ConnectionSettings = Readonly<z.infer<typeof connectionSettingsSchema>>;

/** Saved settings of a connection, without secrets. */
export const connectionProfileSchema = connectionSettingsSchema.extend({
  id: connectionIdSchema,
  name: z.string().min(1).max(80),
  environment: environmentSchema,
});
export type ConnectionProfile = Readonly<z.infer<typeof connectionProfileSchema>>;

/** Who answers, as the server itself reports it. */
export const serverIdentitySchema = z.object({
  /** Address and port as the server sees them; null over a Unix socket and for the embedded database. */
  address: z.string().nullable(),
  port: z.number().int().nullable(),
  database: z.string(),
  user: z.string(),
  /** `server_version_num`. */
  version: z.number().int(),
  /** For example `16.4`. */
  versionText: z.string(),
  /** True when the server refused a test write in this session. */
  readOnly: z.boolean(),
});
export type ServerIdentity = Readonly<z.infer<typeof serverIdentitySchema>>;
