import type { FailureKind, ProviderFailure } from "#lib/gateway/failures.ts";

/** What of a provider's own words is shown. */
const MAX_WORDS = 200;

const MENDS: Readonly<Partial<Record<FailureKind, string>>> = {
  "provider-auth": "The key is refused: check that it was copied whole, is active and may call this model.",
  "provider-quota": "The account has no credit or quota left: raise it with the provider.",
  "rate-limited": "The account is at its rate limit right now: test again in a moment.",
  overloaded: "The provider is overloaded right now: test again in a moment.",
  "server-error": "The server failed on its side: look into its log, or test again in a moment.",
  "content-filtered": "A content filter refused the greeting that the test sends: choose another model.",
  "stream-interrupted": "The stream broke off before its end: look for a proxy between that cuts long answers.",
  unsupported: "This model does not take a plain chat message: choose another one.",
};

/** A failed call as a sentence with its mend, and the provider's own words where it gave any. */
export function explainFailure(failure: ProviderFailure, clean: (text: string) => string): string {
  const { kind, httpStatus, message } = failure;
  if (kind === "network" || kind === "timeout" || kind === "egress-refused") return explainUnreached(failure);
  const said = httpStatus === null ? "" : quote(message, clean);
  return `${MENDS[kind] ?? explainAnswer(httpStatus)}${said}`;
}

function explainUnreached(failure: ProviderFailure): string {
  const { kind, message, code } = failure;
  if (/CERT|^UNABLE_TO_|^ERR_TLS|^ERR_SSL/.test(code ?? "")) return explainTls(failure);
  if (kind === "egress-refused") return `${message} Ask the operator, or enter another address.`;
  if (code === "ECONNREFUSED") return "Nothing listens at this address: check host and port, and that the server runs.";
  if (code === "ENOTFOUND") return "The host does not resolve: check its spelling.";
  if (code === "EAI_AGAIN") return "The host does not resolve at the moment: test again, or check the name server.";
  if (kind === "timeout") return `${message} Check the address, and that nothing between drops the connection.`;
  return `${message} Check the address, and that the server can be reached from here.`;
}

/** What kept an encrypted connection from coming about. */
export function explainTls({ code }: ProviderFailure): string {
  if (/SELF_SIGNED|UNABLE_TO_/.test(code ?? "")) {
    return "The certificate is signed by nobody that is trusted here: install one of a known authority, or give the authority's certificate to this machine (NODE_EXTRA_CA_CERTS).";
  }
  if (code === "CERT_HAS_EXPIRED") return "The certificate has expired: renew it.";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return "The certificate is another host's: enter the host that it names.";
  }
  return "There is no TLS at this port: check the port, and whether the address begins with http://.";
}

function explainAnswer(httpStatus: number | null): string {
  if (httpStatus === 404) return "It does not know this model or this path: check both.";
  if (httpStatus !== null && httpStatus >= 300 && httpStatus < 400) {
    return "It answers with a redirect, which is not followed: enter the address that it leads to.";
  }
  if (httpStatus !== null && httpStatus >= 400) return `It refuses the request (${httpStatus}).`;
  return "Its answer is not one of this API: check that the base URL is the API's, as in the example.";
}

/** Clipped, in one line, without anything that a terminal or a page would act on. */
function quote(words: string, clean: (text: string) => string): string {
  const text = clean(words)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  if (text === "") return "";
  return ` It says: “${text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text}”`;
}
