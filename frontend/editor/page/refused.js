// Words that an earlier page kept and the server will not take any more (the plan was closed meanwhile, say).
import { applyUpdate, Doc } from "yjs";
import { remove } from "../kept/store.js";
import { unbundled } from "../sync/wire.js";
import { offer } from "./offer.js";
import { unsentWords } from "./unsent-words.js";

export async function offerRefused({ record, body }) {
  const element = document.getElementById(`text-${record.text}`);
  if (!element) return;
  const doc = await documentOf(record);
  const updates = [...unbundled(body)];
  updates.forEach((update) => applyUpdate(doc, update));
  const words = updates.map((update) => unsentWords(doc, update)).join("\n");
  offer(element, record.page, words, () => remove(record));
}

async function documentOf({ updates }) {
  const doc = new Doc();
  const response = await fetch(updates, { redirect: "manual" }).catch(() => null);
  if (response?.status === 200) applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
  return doc;
}
