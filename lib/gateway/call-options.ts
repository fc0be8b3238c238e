import type { GatewayCall } from "./contract/call.ts";
import { DELIVERIES, type Delivery } from "./contract/catalog.ts";
import { GatewayError } from "./errors.ts";

/** `x-switchyard-delivery`, which overrides the function's own for this call. Throws `invalid_request`. */
export function readDelivery(call: GatewayCall): Delivery | null {
  const given = call.header("x-switchyard-delivery");
  if (given === undefined) return null;
  const delivery = DELIVERIES.find((one) => one === given);
  if (delivery !== undefined) return delivery;
  throw new GatewayError("invalid_request", `x-switchyard-delivery must be ${DELIVERIES.join(" or ")}.`, {
    param: "x-switchyard-delivery",
  });
}

/**
 * Milliseconds until a caller that has got nothing gives up, as the official clients say it: working on past that is for
 * nobody. Null when it does not say, or says nothing that can be read.
 */
export function readPatienceMs(call: GatewayCall): number | null {
  const seconds = Number(call.header("x-stainless-timeout"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
}
