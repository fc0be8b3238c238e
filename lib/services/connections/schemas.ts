import { z } from "zod";

const circuitSchema = z.object({
  model: z.string(),
  modelName: z.string(),
  /** `open`: failed too often and is only probed. `cooling`: asked to be left alone. */
  state: z.enum(["ready", "open", "cooling"]),
  /** Milliseconds until a call may try it; 0: one may. */
  waitMs: z.number().int(),
  /** In the last 30 seconds, on the instance that answers. */
  attempts: z.number().int(),
  failures: z.number().int(),
});
export type CircuitDto = z.infer<typeof circuitSchema>;

const connectionSchema = z.object({
  id: z.string(),
  provider: z.string(),
  providerName: z.string(),
  isSimulated: z.boolean(),
  /** Only models that were called lately. */
  circuits: z.array(circuitSchema),
});

export const connectionListSchema = z.object({ data: z.array(connectionSchema) });
export type ConnectionList = z.infer<typeof connectionListSchema>;
