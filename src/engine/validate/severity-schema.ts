import * as z from 'zod';

/** How bad a finding is. Stands apart from the schemas of the report, which a check has no need to load. */
export const severitySchema = z.enum(['error', 'warning', 'info']);
