import type { Resource } from "../operation.ts";
import { apiKeyOperations } from "./api-keys.ts";
import { connectionOperations } from "./connections.ts";
import { invocationOperations } from "./invocations.ts";
import { modeOperations } from "./mode.ts";
import { residencyOperations } from "./residency.ts";
import { routeOperations } from "./routes.ts";
import { usageOperations } from "./usage.ts";

/** Every operation of the management API, in the order in which people read of them. */
export const RESOURCES: readonly Resource[] = [
  {
    title: "Mode",
    description: "Who runs the tenant's models: the platform by tiers, its own accounts, its own servers.",
    operations: Object.values(modeOperations),
  },
  {
    title: "Connections",
    description: "Accounts at model providers, and servers of the tenant's own.",
    operations: Object.values(connectionOperations),
  },
  {
    title: "Routes",
    description: "Each function's chain of models: the draft, published versions, and the way back.",
    operations: Object.values(routeOperations),
  },
  {
    title: "Residency",
    description: "Where calls may go, where they went, and a signed statement of it.",
    operations: Object.values(residencyOperations),
  },
  {
    title: "API keys",
    description: "Keys for features that call the gateway, and for automation.",
    operations: Object.values(apiKeyOperations),
  },
  {
    title: "Invocations",
    description: "The record of every call.",
    operations: Object.values(invocationOperations),
  },
  {
    title: "Usage",
    description: "Sums over the record, by the hour.",
    operations: Object.values(usageOperations),
  },
];
