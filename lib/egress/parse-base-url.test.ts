import { describe, expect, test } from "vitest";
import { HOSTILE_URLS } from "#e2e/support/hostile-urls.ts";
import { type AllowList, NOTHING_ALLOWED } from "./allow-list.ts";
import { parseBaseUrl } from "./parse-base-url.ts";

describe("a hostile address is refused with what to mend", () => {
  describe.each(Object.entries(HOSTILE_URLS))("%s", (_, urls) => {
    test.each(urls.map((url) => url.replace("PORT", "8080")))("%j", (url) => {
      const { baseUrl, problem } = parseBaseUrl(url, NOTHING_ALLOWED);
      expect(baseUrl).toBe(null);
      expect(problem).toMatch(/^must /);
    });
  });
});

describe("a proper address is normalised", () => {
  test.each([
    ["https://api.example.com", "https://api.example.com"],
    ["  https://api.example.com/  ", "https://api.example.com"],
    ["HTTPS://API.Example.COM:443/V1//", "https://api.example.com/V1"],
    ["https://api.example.com:8443/v1", "https://api.example.com:8443/v1"],
    ["https://api.example.com/a/../v1/%7Bx%7D", "https://api.example.com/v1/%7Bx%7D"],
    ["https://xn--bcher-kva.example/v1", "https://xn--bcher-kva.example/v1"],
    ["https://my_host.example/v1", "https://my_host.example/v1"],
    ["https://1.1.1.1/v1", "https://1.1.1.1/v1"],
    ["https://[2606:4700:0::1111]/v1", "https://[2606:4700::1111]/v1"],
  ])("%s", (entered, baseUrl) => {
    expect(parseBaseUrl(entered, NOTHING_ALLOWED)).toEqual({ baseUrl, problem: null });
  });
});

test.each([
  [`https://api.example.com/${"x".repeat(2_048)}`, /at most 2048/],
  ["https://api..example.com", /letters, digits/],
  ["https://-api.example.com", /letters, digits/],
  ["https://a!b.example.com", /letters, digits/],
  [`https://${"a".repeat(64)}.example.com`, /letters, digits/],
  ["https://api.example.com:x/v1", /port/],
  ["https://api.example.com?", /without \? and #/],
  ["http://api.example.com", /plain HTTP/],
  ["https://gpu", /public host/],
])("%.60s is refused", (entered, says) => {
  expect(parseBaseUrl(entered, NOTHING_ALLOWED).problem).toMatch(says);
});

describe("what the operator allows may be entered", () => {
  const hosts: AllowList = { hosts: ["gpu.internal", "localhost"], networks: [] };
  const networks: AllowList = { hosts: [], networks: ["10.0.0.0/8"] };

  test.each([
    ["http://gpu.internal:8000/v1", hosts],
    ["http://localhost:11434/v1", hosts],
    ["http://10.0.0.5:8000/v1", networks],
    // Where it leads shows when it is connected to.
    ["http://gpu:8000/v1", networks],
  ])("%s", (url, allow) => {
    expect(parseBaseUrl(url, allow)).toEqual({ baseUrl: url, problem: null });
  });

  test.each([
    ["http://api.example.com", hosts],
    ["http://127.0.0.1:8000", networks],
    ["http://gpu.internal:22", hosts],
    ["http://gpu.internal.", hosts],
  ])("but not %s", (url, allow) => {
    expect(parseBaseUrl(url, allow).baseUrl).toBe(null);
  });
});
