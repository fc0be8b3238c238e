import { LayoutDashboard, type LucideIcon, MapPinned, Plug, Route as RouteIcon, Server, Waypoints } from "lucide-react";
import { type Permission, type Role, roleMay } from "#lib/services/permissions.ts";

export interface Route {
  id: string;
  title: string;
  /** What a person finds there: shown in the command menu. */
  description: string;
  /** Below `/{tenant}`; empty for the first page. */
  segment: string;
  icon: LucideIcon;
  permission: Permission;
}

/** Every page of a tenant. Sidebar, command menu, breadcrumbs and what a role gets to see come from here. */
export const ROUTES: readonly Route[] = [
  {
    id: "overview",
    title: "Overview",
    description: "Requests, errors, tokens, cost and the latest invocations",
    segment: "",
    icon: LayoutDashboard,
    permission: "usage:read",
  },
  {
    id: "mode",
    title: "Mode",
    description: "Who runs the models: the platform, your own accounts, your own servers",
    segment: "mode",
    icon: Waypoints,
    permission: "mode:read",
  },
  {
    id: "routing",
    title: "Routing",
    description: "Each function’s chain of models, the draft, versions and the way back",
    segment: "routing",
    icon: RouteIcon,
    permission: "route:read",
  },
  {
    id: "connections",
    title: "Connections",
    description: "Accounts at model providers: keys, tests, order",
    segment: "connections",
    icon: Plug,
    permission: "connection:read",
  },
  {
    id: "self-hosted",
    title: "Self-hosted",
    description: "Servers that you run: models, health, cost",
    segment: "self-hosted",
    icon: Server,
    permission: "connection:read",
  },
  {
    id: "residency",
    title: "Residency",
    description: "Where calls may go, where they went, and a signed statement of it",
    segment: "residency",
    icon: MapPinned,
    permission: "residency:read",
  },
];

/** What the API can do: a page of no tenant, open to everybody. */
export const API_REFERENCE = "/docs/api";

/** The pages that a role may read. */
export function routesFor(role: Role): readonly Route[] {
  return ROUTES.filter((route) => roleMay(role, route.permission));
}

/** The path of a page in a tenant. */
export function routePath(tenant: string, route: Pick<Route, "segment">): string {
  return route.segment ? `/${tenant}/${route.segment}` : `/${tenant}`;
}

/** The page that a path belongs to, also from below it. */
export function routeOf(tenant: string, pathname: string): Route | undefined {
  const segment = pathname.slice(`/${tenant}`.length).split("/")[1] ?? "";
  return ROUTES.find((route) => route.segment === segment);
}
