// A film whose bytes come from a store has an address there that ends after a minute. Chromium keeps it: whoever goes on
// then, or to another place, is refused, and the film stands. Loaded anew it asks the site for another address, and goes
// on where it was. (Seen with Chromium 156; a film from a disk never ends up here.)
const tried = new WeakMap();

function goOn(film) {
  const { currentTime, paused } = film;
  film.addEventListener("loadedmetadata", () => {
    film.currentTime = currentTime;
    if (!paused) film.play();
  }, { once: true });
  film.load();
}

// It does not bubble.
document.addEventListener("error", ({ target: film }) => {
  if (!(film instanceof HTMLMediaElement) || film.error?.code !== MediaError.MEDIA_ERR_NETWORK) return;
  // An address that ends at once is no address: the person sees that the film stands.
  if (Date.now() - (tried.get(film) ?? 0) < 5000) return;
  tried.set(film, Date.now());
  goOn(film);
}, true);
