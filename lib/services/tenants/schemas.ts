import { z } from "zod";
import { ROLES } from "../permissions.ts";

/** A tenant that the signed-in person belongs to. */
export const myTenantSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
});
export type MyTenantDto = z.infer<typeof myTenantSchema>;
