// The browser's own database of unsent words. One record for each person, text and open page, so that two tabs of one
// text never overwrite each other's: { person, text, page, iv, data, at, updates, keyUrl, refused }.
const DATABASE = "throughline";
const RECORDS = "unsent";

export const canStore = Boolean(globalThis.indexedDB);

// Sealed into each record, so that one cannot be passed off as another's.
export const labelOf = ({ person, text }) => `${person}:${text}`;

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(RECORDS, { keyPath: ["person", "text", "page"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

async function inStore(mode, act) {
  const transaction = (await database()).transaction(RECORDS, mode);
  const request = act(transaction.objectStore(RECORDS));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const from = (...start) => IDBKeyRange.bound(start, [...start, []]);

export const put = (record) => inStore("readwrite", (store) => store.put(record));
export const recordsOf = (person, ...text) => inStore("readonly", (store) => store.getAll(from(person, ...text)));
export const clear = (person) => inStore("readwrite", (store) => store.delete(from(person)));

// Only as it was read: an open page may have put newer words there meanwhile.
export const remove = ({ person, text, page, at }) =>
  inStore("readwrite", (store) => {
    const found = store.get([person, text, page]);
    found.onsuccess = () => found.result?.at === at && store.delete([person, text, page]);
  });
