import { request } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DeadAddresses, type DeadAddressId, openDeadAddresses } from "./dead-addresses.ts";

let addresses: DeadAddresses;
beforeAll(async () => {
  addresses = await openDeadAddresses();
});
afterAll(() => addresses?.close());

test.each<[DeadAddressId, RegExp]>([
  ["dns", /^(ENOTFOUND|EAI_AGAIN)$/],
  ["refused", /^ECONNREFUSED$/],
  ["tls-handshake", /^ERR_SSL_.*HANDSHAKE_FAILURE$/],
  ["tls-self-signed", /^DEPTH_ZERO_SELF_SIGNED_CERT$/],
])("no call gets through to %s", async (id, code) => {
  const call = request(`${addresses.url(id)}/v1/chat/completions`, { method: "POST", body: "{}" });
  await expect(call).rejects.toMatchObject({ code: expect.stringMatching(code) });
  if (id.startsWith("tls")) expect(addresses.connectionCount(id)).toBe(1);
});
