import { changeModeInput, modePreviewSchema, modeSchema, previewModeInput } from "#lib/services/mode/schemas.ts";
import { NO_INPUT, operation } from "../operation.ts";

export const modeOperations = {
  read: operation({
    id: "readMode",
    method: "GET",
    path: "/mode",
    summary: "Read the mode",
    description: "Who runs the tenant's models, and which model each function gets in each tier.",
    permission: "mode:read",
    input: NO_INPUT,
    answer: modeSchema,
    example: {},
  }),
  change: operation({
    id: "changeMode",
    method: "PUT",
    path: "/mode",
    summary: "Change mode, tier or defaults",
    description:
      "Publishes a route version with what is given, in force from the next call on. What is left out stays as it is.",
    permission: "mode:write",
    input: changeModeInput,
    answer: modeSchema,
    refuses: { conflict: "Another version has been published since `routeVersion`." },
    example: { tier: "economy", routeVersion: 1, note: "Half the cost will do" },
  }),
  preview: operation({
    id: "previewMode",
    method: "GET",
    path: "/mode/preview",
    summary: "Preview a mode",
    description:
      "What putting it in force would mean, were nothing else changed: routes, payment, what leaves the network.",
    permission: "mode:read",
    input: previewModeInput,
    answer: modePreviewSchema,
    example: { mode: "bring-your-own" },
  }),
};
