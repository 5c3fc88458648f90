// The two ways in which y-protocol messages are framed: ours (that of y-websocket, with acknowledgements) and Hocuspocus'.
import { decoding, encoding } from "./packages.mjs";

const SYNC = 0, AUTH = 2, SYNC_REPLY = 4, SAVED = 8;
export const STEP1 = 0, STEP2 = 1, UPDATE = 2;

function sync(encoder, kind, payload) {
  encoding.writeVarUint(encoder, SYNC);
  encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

// What a message says: { kind, payload } of a sync message, { saved } for how many of ours are acknowledged.
export const ours = {
  url: (client) => `${client.server}/ws/texts/${client.text}/?schema=1`,
  headers: (client) => ({ Cookie: client.cookie, Origin: client.server.replace("ws:", "http:") }),
  hello: () => [],
  frame: (_client, kind, payload) => sync(encoding.createEncoder(), kind, payload),
  read(_client, frame) {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === SYNC) return { kind: decoding.readVarUint(decoder), payload: decoding.readVarUint8Array(decoder) };
    if (type === SAVED) return { saved: decoding.readVarUint(decoder) };
    return {};
  },
};

export const hocuspocus = {
  url: (client) => client.server,
  headers: () => ({}),
  hello(client) {
    const encoder = named(client);
    encoding.writeVarUint(encoder, AUTH);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, "bench");
    return [encoding.toUint8Array(encoder)];
  },
  frame: (client, kind, payload) => sync(named(client), kind, payload),
  read(client, frame) {
    const decoder = decoding.createDecoder(frame);
    decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    if (type === SYNC || type === SYNC_REPLY) {
      return { kind: decoding.readVarUint(decoder), payload: decoding.readVarUint8Array(decoder) };
    }
    // One for each update, in their order; it is sent before anything is stored.
    if (type === SAVED) return { saved: client.saved + 1 };
    return {};
  },
};

function named(client) {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, client.text);
  return encoder;
}
