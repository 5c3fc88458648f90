// An update cut into several that are small enough for the server: a long offline day, a pasted book.
import * as encoding from "lib0/encoding";
import { ContentString, createID, decodeUpdate, Item, UpdateEncoderV1 } from "yjs";

export const LARGEST_UPDATE = 256 * 1024;
const ROOM_FOR_FRAME = 64;

export function split(update, most = LARGEST_UPDATE) {
  if (update.length <= most) return [update];
  const { structs, ds } = decodeUpdate(update);
  const pieces = structs.flatMap((struct) => (isLong(struct, most) ? cut(struct, most) : [struct]));
  return [...grouped(pieces, most).map((group) => encoded(group, NO_DELETES)), ...deletions(ds, most)];
}

// A UTF-16 unit takes three bytes at most.
const isLong = (struct, most) => struct.content instanceof ContentString && struct.length * 3 > most - ROOM_FOR_FRAME;

function cut(item, most) {
  const words = item.content.str;
  const longest = Math.floor((most - ROOM_FOR_FRAME) / 3);
  const pieces = [];
  for (let from = 0; from < words.length; ) {
    const to = beforeSurrogate(words, Math.min(from + longest, words.length));
    pieces.push(part(item, from, words.slice(from, to)));
    from = to;
  }
  return pieces;
}

function beforeSurrogate(words, at) {
  const code = words.charCodeAt(at - 1);
  return at < words.length && code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}

function part(item, from, words) {
  const { client, clock } = item.id;
  const origin = from ? createID(client, clock + from - 1) : item.origin;
  const content = new ContentString(words);
  return new Item(createID(client, clock + from), null, origin, null, item.rightOrigin, item.parent, item.parentSub, content);
}

function grouped(structs, most) {
  const groups = [];
  let room = 0;
  for (const struct of structs) {
    const bytes = written(struct);
    room -= bytes.length;
    if (room < 0 || !groups.length) {
      groups.push([]);
      room = most - ROOM_FOR_FRAME - bytes.length;
    }
    const sections = groups.at(-1);
    if (sections.at(-1)?.client !== struct.id.client) {
      sections.push({ client: struct.id.client, clock: struct.id.clock, structs: [] });
      room -= ROOM_FOR_FRAME;
    }
    sections.at(-1).structs.push(bytes);
  }
  return groups;
}

function written(struct) {
  const encoder = new UpdateEncoderV1();
  struct.write(encoder, 0);
  return encoder.toUint8Array();
}

const NO_DELETES = new Uint8Array([0]);

const encoded = (sections, deletes) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, sections.length);
    for (const { client, clock, structs } of sections) {
      encoding.writeVarUint(encoder, structs.length);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      structs.forEach((bytes) => encoding.writeUint8Array(encoder, bytes));
    }
    encoding.writeUint8Array(encoder, deletes);
  });

// What was deleted goes last: by then everything it speaks of has been sent.
function deletions(ds, most) {
  const each = Math.floor((most - ROOM_FOR_FRAME) / 16);
  const updates = [];
  for (const [client, items] of ds.clients) {
    for (let from = 0; from < items.length; from += each) updates.push(encoded([], deleteSet(client, items.slice(from, from + each))));
  }
  return updates;
}

const deleteSet = (client, items) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, items.length);
    for (const { clock, len } of items) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, len);
    }
  });
