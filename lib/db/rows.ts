export type {
  ApiKeyModel,
  AttemptModel,
  ConnectionModel,
  InvocationModel,
  RouteVersionModel,
  UsageHourlyModel,
} from "./generated/models.ts";
