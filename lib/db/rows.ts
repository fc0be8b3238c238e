export type {
  ApiKeyModel,
  AttemptModel,
  ConnectionHealthModel,
  ConnectionModel,
  InvocationModel,
  RouteVersionModel,
  UsageHourlyModel,
} from "./generated/models.ts";
