/** Above 1023, those that browsers keep from HTTP as well because other protocols listen there (fetch standard). */
const OTHER_PROTOCOLS: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
]);

/** Whether an HTTP server may be expected there; below 1024 the ports belong to other services. */
export function isHttpPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && port <= 65_535 && !OTHER_PROTOCOLS.has(port));
}
