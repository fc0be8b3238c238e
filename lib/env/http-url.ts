import { z } from "zod";

/** An address of a server's, for people to enter. */
export const httpUrl = z.url({ protocol: /^https?$/, hostname: /./, error: "must be an http:// or https:// address" });
