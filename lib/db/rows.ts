export type { ApiKeyModel, AttemptModel, InvocationModel, UsageHourlyModel } from "./generated/models.ts";
