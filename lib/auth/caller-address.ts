/** Where a request comes from, as the front door has written it; behind another server, as its proxy has. */
export function callerAddress(forwardedFor: string | null | undefined): string | null {
  const first = forwardedFor?.split(",")[0]?.trim() ?? "";
  return first === "" ? null : first;
}
