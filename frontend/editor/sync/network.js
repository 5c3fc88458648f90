// What one tab has learned about its network, for all its texts: whether WebSockets get through.
const NAME = "sockets-blocked-until";
const WHILE = 10 * 60 * 1000;

export const network = {
  get isBlocked() {
    return Number(sessionStorage.getItem(NAME)) > Date.now();
  },
  set isBlocked(isBlocked) {
    if (isBlocked) sessionStorage.setItem(NAME, Date.now() + WHILE);
    else sessionStorage.removeItem(NAME);
  },
};
