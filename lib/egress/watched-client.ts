import type { Socket } from "node:net";
import { type buildConnector, Client, type Dispatcher } from "undici";

/** The far end of a client's connection, as its requests see it. */
export interface FarEnd {
  readonly host: string;
  readonly port: number;
  /** Null while there is no connection. */
  address: string | null;
}

/** What a request adds to its options to learn which connection it goes over. */
export interface WatchedOptions extends Dispatcher.DispatchOptions {
  meet?: ((farEnd: FarEnd) => void) | undefined;
}

/** For a pool: clients that tell each request of the connection that carries it. */
export function openWatchedClient(origin: URL, options: object): Dispatcher {
  const { connect, ...rest } = options as Client.Options & { connect: buildConnector.connector };
  const farEnd: FarEnd = { host: origin.hostname, port: portOf(origin), address: null };
  const client = new Client(origin, { ...rest, connect: watch(connect, farEnd) });
  const dispatch = client.dispatch.bind(client);
  client.dispatch = (request: WatchedOptions, handler) => {
    request.meet?.(farEnd);
    return dispatch(request, handler);
  };
  return client;
}

function portOf({ port, protocol }: URL): number {
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}

function watch(connect: buildConnector.connector, farEnd: FarEnd): buildConnector.connector {
  return (options, callback) => {
    farEnd.address = null;
    connect(options, (...result) => {
      // undici leaves it out, against its own types, when there is no connection.
      const socket: Socket | null | undefined = result[1];
      farEnd.address = socket?.remoteAddress ?? null;
      callback(...result);
    });
  };
}
