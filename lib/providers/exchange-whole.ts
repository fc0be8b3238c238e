import type { Dispatcher } from "undici";

export interface WholeResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Uint8Array;
}

/**
 * One request whose answer is wanted whole: its pieces are collected as the parser hands them over, without the
 * stream around them that `request` makes, which costs as much as the rest of the call.
 */
export function exchangeWhole(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<WholeResponse> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    let abort: () => void = () => {};
    let status = 0;
    let headers: WholeResponse["headers"] = {};
    const pieces: Buffer[] = [];
    const onAbort = () => abort();
    signal.addEventListener("abort", onAbort, { once: true });
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        abort = () => controller.abort(signal.reason);
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        // An informational answer may come first: the last one counts.
        status = statusCode;
        headers = responseHeaders;
      },
      onResponseData(_controller, piece) {
        pieces.push(piece);
      },
      onResponseEnd() {
        signal.removeEventListener("abort", onAbort);
        resolve({ status, headers, body: pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces) });
      },
      onResponseError(_controller, error) {
        signal.removeEventListener("abort", onAbort);
        reject(error);
      },
    });
  });
}
