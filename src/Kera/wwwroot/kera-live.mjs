// The page keeps up with the ledger: when it went on, the page is fetched again and what changed in its live parts takes the
// old one's place, without moving or flashing. Without this, or where data are saved, the page stays as it was loaded.
const shortest = 10_000;
const parts = [...document.querySelectorAll("[data-live]")];

if (parts.length > 0 && window.EventSource && !navigator.connection?.saveData) {
  let waiting = false;
  let last = Date.now();

  const renew = async () => {
    waiting = false;
    if (document.hidden) {
      waiting = true;
      return;
    }
    last = Date.now();
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) {
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      const next = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
      // What somebody is in the middle of is left alone.
      if (next && !part.contains(document.activeElement) && next.innerHTML !== part.innerHTML) {
        const open = [...part.querySelectorAll("details")].map((fold) => fold.open);
        part.innerHTML = next.innerHTML;
        part.querySelectorAll("details").forEach((fold, index) => (fold.open = open[index] ?? false));
      }
    }
  };

  const soon = () => {
    if (!waiting) {
      waiting = true;
      // Not all who listen ask in the same moment.
      setTimeout(renew, Math.max(0, last + shortest - Date.now()) + Math.random() * 2_000);
    }
  };

  let first = true;
  const updates = new EventSource("/api/v1/live");
  const told = () => {
    // The first only says where the ledger is: the page is newer.
    if (!first) {
      soon();
    }
    first = false;
  };
  updates.addEventListener("head", told);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && waiting) {
      renew();
    }
  });
}
