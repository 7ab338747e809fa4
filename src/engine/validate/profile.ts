import * as z from 'zod';

/** `recommended`: what the server does and what breaks. `strict`: also the rules of taste that are silent unless asked for. */
export const profileSchema = z.enum(['recommended', 'strict']);
export type Profile = z.infer<typeof profileSchema>;
