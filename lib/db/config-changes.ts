import pg from "pg";

const CHANNEL = "switchyard_config";
const RECONNECT_MS = 1_000;

interface Listeners {
  /** A tenant's keys or routes have changed. */
  onChange(tenantId: string): void;
  /** Changes may have been missed: everything kept in memory is in doubt. */
  onGap(): void;
}

export interface ConfigChanges {
  /** False while changes made elsewhere would not be heard. */
  isListening(): boolean;
  close(): Promise<void>;
}

/** Hears of every committed change to a tenant's configuration, whichever instance made it; reconnects by itself. */
export function listenForConfigChanges(appUrl: string, listeners: Listeners): ConfigChanges {
  let client: pg.Client | null = null;
  let isListening = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const retry = () => {
    isListening = false;
    client = null;
    listeners.onGap();
    if (!isClosed) timer = setTimeout(connect, RECONNECT_MS).unref();
  };
  const connect = async () => {
    const next = new pg.Client({ connectionString: appUrl, keepAlive: true, application_name: "switchyard-listen" });
    let hasEnded = false;
    const end = () => {
      if (hasEnded) return;
      hasEnded = true;
      retry();
    };
    next.on("error", end);
    next.on("end", end);
    next.on("notification", ({ payload }) => listeners.onChange(payload ?? ""));
    client = next;
    try {
      await next.connect();
      if (isClosed) return void (await next.end());
      await next.query(`LISTEN ${CHANNEL}`);
      // What changed between the last connection and this one was not heard.
      listeners.onGap();
      isListening = true;
    } catch {
      end();
    }
  };
  void connect();
  return {
    isListening: () => isListening,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      // Ending a connection that never came about would wait for ever.
      if (isListening) await client?.end().catch(() => {});
    },
  };
}
