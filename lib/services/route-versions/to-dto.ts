import { describeDifference, toLines } from "./describe-difference.ts";
import type { Names } from "./names.ts";
import type { ParsedVersion } from "./parse-version.ts";
import type { RouteVersionDto } from "./schemas.ts";

export function toRouteVersionDto(
  { number, note, publishedBy, publishedAt, config }: ParsedVersion,
  before: ParsedVersion | null,
  { current, names }: { current: number; names: Names },
): RouteVersionDto {
  return {
    number,
    note,
    publishedBy,
    publishedAt: publishedAt.toISOString(),
    isInForce: number === current,
    mode: config.mode,
    tier: config.tier,
    changes: before === null ? [] : toLines(describeDifference(before.config, config, names)),
  };
}
