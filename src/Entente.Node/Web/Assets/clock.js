// The time at the top goes on: the node's own and UTC, by the browser's clock and the node's offset.
export function clock() {
  const shown = [...document.querySelectorAll("[data-clock]")];
  if (shown.length === 0) return;
  const off = Date.now() - Number(document.documentElement.dataset.now ?? Date.now());
  const two = (number) => String(number).padStart(2, "0");
  setInterval(() => {
    for (const place of shown) {
      const at = new Date(Date.now() - off + Number(place.dataset.clock) * 60_000);
      place.textContent = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
    }
  }, 10_000);
}
