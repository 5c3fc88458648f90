// The messages between this browser and the server: y-websocket's, and [8, n]: the first n of mine are in the database.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const SAVED = 8;
const KINDS = ["step1", "step2", "update"];

const framed = (kind, bytes) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, bytes);
  });

export const step1 = (state) => framed(0, state);
export const step2 = (update) => framed(1, update);
export const change = (update) => framed(2, update);

export const awarenessMessage = (bytes) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, bytes);
  });

// Answers { kind, bytes } or, for "saved", { kind, count }; kinds that are not ours come back as null.
export function read(message) {
  const decoder = decoding.createDecoder(message);
  const type = decoding.readVarUint(decoder);
  if (type === SYNC) return { kind: KINDS[decoding.readVarUint(decoder)], bytes: decoding.readVarUint8Array(decoder) };
  if (type === AWARENESS) return { kind: "awareness", bytes: decoding.readVarUint8Array(decoder) };
  if (type === SAVED) return { kind: "saved", count: decoding.readVarUint(decoder) };
  return type === QUERY_AWARENESS ? { kind: "who" } : null;
}

// Several updates in one body, one after another.
export const bundled = (updates) =>
  encoding.encode((encoder) => updates.forEach((update) => encoding.writeVarUint8Array(encoder, update)));

export function* unbundled(body) {
  const decoder = decoding.createDecoder(body);
  while (decoding.hasContent(decoder)) yield decoding.readVarUint8Array(decoder);
}
